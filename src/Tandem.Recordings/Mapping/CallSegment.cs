namespace Tandem.Recordings.Mapping;

/// <summary>A voice segment beside the others of its call, UTC microseconds.</summary>
/// <param name="LackMs">How much of it was not recorded.</param>
public sealed record CallSegment(string SegmentId, string Dn, long StartUs, long StopUs, long LackMs);
