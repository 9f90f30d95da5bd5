namespace Tandem.MediaControlPlatform.Recording;

/// <summary>What is to be recorded: <paramref name="Dn"/> on channel 1, all else of the conference on channel 2.</summary>
internal sealed record RecordRequest(
    string SegmentId, string Dn, string CallUuid, string ConnId, string? Ani, string? Dnis, bool Beep);
