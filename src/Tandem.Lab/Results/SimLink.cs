namespace Tandem.Lab.Results;

/// <param name="Relation"><c>primary</c>, <c>overlap</c> or <c>acw</c>; the last has no segment.</param>
public sealed record SimLink(
    string ScreenId,
    string CallUuid,
    string? SegmentId,
    long ScreenOffsetMs,
    long? SegmentOffsetMs,
    long LengthMs,
    string Relation);
