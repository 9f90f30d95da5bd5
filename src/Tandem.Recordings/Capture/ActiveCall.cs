namespace Tandem.Recordings.Capture;

/// <summary>A recorded DN in a call.</summary>
/// <param name="SegmentId">Null between a merge and the start of the recording in the surviving call.</param>
/// <param name="FormerSegmentId">The consultation's segment after a merge; its "off" is not ours any more.</param>
/// <param name="Source">The CTI source that told of the call; null: not known. Two recorders of one call each have an entry.</param>
public sealed record ActiveCall(
    string ConnId,
    string CallUuid,
    string Dn,
    string? SegmentId,
    bool Paused,
    string? FormerSegmentId = null,
    string? Source = null)
{
    /// <summary>Whether what this source says is about this entry.</summary>
    internal bool IsOf(string? source) => Source is null || source is null || Source == source;
}
