namespace Tandem.WebServices.Compatible;

/// <summary>Body of <c>POST /api/v2/recordings/{id}</c>: applyNonDelete, removeNonDelete, addLabel, removeLabel.</summary>
internal sealed record RecordingOperation(string OperationName, string? Label);
