namespace Tandem.MediaControlPlatform.Recording;

/// <summary>What is to be recorded: <paramref name="Dn"/> on channel 1, all else of the conference on channel 2.</summary>
internal sealed record RecordRequest(
    string SegmentId, string Dn, string CallUuid, string ConnId, string? Ani, string? Dnis, bool Beep)
{
    /// <summary>0 (first to stop when the disk fills up) to 9.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Whether each party gets a stream of its own besides.</summary>
    public bool Stems { get; init; }
}
