namespace Tandem.WebServices.Compatible;

/// <summary>A page; <c>Next</c> is the address of the next one.</summary>
internal sealed record RecordingList(int StatusCode, IReadOnlyList<RecordingView> Recordings, string? Next);
