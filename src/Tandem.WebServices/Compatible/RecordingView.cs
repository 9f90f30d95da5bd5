namespace Tandem.WebServices.Compatible;

/// <summary>A recording as Genesys shows it; screens bear the same id as the voice.</summary>
internal sealed record RecordingView(
    string Id,
    string Ccid,
    string Region,
    string CallType,
    string? CallerPhoneNumber,
    string? DialedPhoneNumber,
    string StartTime,
    string? StopTime,
    bool NonDelete,
    IReadOnlyList<string> Labels,
    IReadOnlyList<MediaFile> MediaFiles,
    IReadOnlyList<HistoryEvent> EventHistory);
