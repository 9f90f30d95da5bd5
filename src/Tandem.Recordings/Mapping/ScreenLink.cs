namespace Tandem.Recordings.Mapping;

/// <summary>One stretch of a screen file beside one voice segment.</summary>
/// <param name="SegmentOffsetMs">Null for after-call work, which has no voice.</param>
public sealed record ScreenLink(
    string ScreenId,
    string CallUuid,
    string? SegmentId,
    long ScreenOffsetMs,
    long? SegmentOffsetMs,
    long LengthMs,
    LinkRelation Relation);
