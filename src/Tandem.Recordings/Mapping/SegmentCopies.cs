namespace Tandem.Recordings.Mapping;

/// <summary>Which segments are copies of others: a call that is sent to two recorders at once gives two of each, and only one
/// of them is shown, linked and counted (docs/decisions/0007-two-recorders.md).</summary>
public static class SegmentCopies
{
    // What two recorders of one call may differ by at either end.
    private const long ToleranceUs = 2_000_000;

    /// <param name="segments">Of one call, in any order.</param>
    /// <returns>For the id of each copy the id of the segment that stands for both.</returns>
    public static IReadOnlyDictionary<string, string> Find(IEnumerable<CallSegment> segments)
    {
        var copies = new Dictionary<string, string>();
        foreach (var own in segments.GroupBy(segment => segment.Dn))
        {
            var kept = new List<CallSegment>();
            foreach (var segment in own.OrderByDescending(HeldSpan).ThenBy(segment => segment.SegmentId, StringComparer.Ordinal))
            {
                if (kept.Find(one => Covers(one, segment)) is { } primary)
                {
                    copies.Add(segment.SegmentId, primary.SegmentId);
                }
                else
                {
                    kept.Add(segment);
                }
            }
        }

        return copies;
    }

    /// <summary>How much there is of it, roughly, so that milliseconds do not decide which of two stands.</summary>
    private static long HeldSpan(CallSegment segment) =>
        (segment.StopUs - segment.StartUs - (segment.LackMs * 1000) + (ToleranceUs / 2)) / ToleranceUs;

    /// <summary>Segments that follow each other are no copies, however short.</summary>
    private static bool Covers(CallSegment one, CallSegment other)
    {
        var length = other.StopUs - other.StartUs;
        var common = Math.Min(one.StopUs, other.StopUs) - Math.Max(one.StartUs, other.StartUs);
        return common > 0 && length - common <= Math.Min(ToleranceUs, length / 2);
    }
}
