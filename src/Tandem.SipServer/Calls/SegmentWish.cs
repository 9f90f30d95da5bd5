namespace Tandem.SipServer.Calls;

/// <param name="Owner">Channel 1.</param>
/// <param name="Sharer">The other recorded DN of a call of two, whose recording this is as well.</param>
internal sealed record SegmentWish(string Owner, string? Sharer);
