namespace Tandem.WebServices.Interactions;

/// <summary>See ScreenLink.</summary>
internal sealed record LinkView(
    string ScreenId, string CallUuid, string? SegmentId, long ScreenOffsetMs, long? SegmentOffsetMs, long LengthMs, string Relation);
