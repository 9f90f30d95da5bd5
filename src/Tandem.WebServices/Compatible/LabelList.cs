namespace Tandem.WebServices.Compatible;

/// <summary>All label definitions.</summary>
internal sealed record LabelList(int StatusCode, IReadOnlyList<LabelForm> LabelDefinitions);
