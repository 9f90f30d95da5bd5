namespace Tandem.SipServer.Calls;

internal sealed record SegmentChanges(IReadOnlyList<SegmentWish> Start, IReadOnlyList<Segment> Stop);
