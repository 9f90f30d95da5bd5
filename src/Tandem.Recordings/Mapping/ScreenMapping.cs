namespace Tandem.Recordings.Mapping;

/// <summary>Which voice segments a screen file belongs to and covers (docs/mapping.md).</summary>
public static class ScreenMapping
{
    private const long UsPerMs = 1000;

    /// <param name="segments">The same agent's, any order; those that the screen does not touch are left out.</param>
    /// <returns>The primary link first, then by screen offset, after-call work last.</returns>
    public static IReadOnlyList<ScreenLink> Links(ScreenSpan screen, IEnumerable<AgentSegment> segments)
    {
        var own = segments.OrderBy(segment => segment.StartUs).ToList();
        var primary = Primary(screen, own);
        var links = new List<ScreenLink>();
        if (primary is not null)
        {
            links.Add(Link(screen, primary, LinkRelation.Primary));
        }

        links.AddRange(own
            .Where(segment => segment != primary && Covers(screen, segment))
            .Select(segment => Link(screen, segment, LinkRelation.Overlap)));
        if (screen is { AfterCallWork: true, CallsEndedUs: { } ended } && ended < screen.StopUs)
        {
            AddAfterCallWork(links, screen, own, ended);
        }

        return links;
    }

    /// <summary>A file without a call is the whole of its own interaction.</summary>
    public static ScreenLink NonVoiceLink(ScreenSpan screen, string interactionId) => new(
        screen.ScreenId, interactionId, null, 0, null, (screen.StopUs - screen.StartUs) / UsPerMs, LinkRelation.Primary);

    /// <summary>The agent's first call, as noted when the capture began; else the first that it covers.</summary>
    private static AgentSegment? Primary(ScreenSpan screen, List<AgentSegment> own) =>
        own.Find(segment => segment.SegmentId == screen.PrimarySegmentId)
        ?? own.Find(segment => segment.CallUuid == screen.PrimaryCallUuid && Covers(screen, segment))
        ?? own.Find(segment => segment.CallUuid == screen.PrimaryCallUuid)
        ?? own.Find(segment => Covers(screen, segment));

    /// <summary>A segment that began after the calls of this capture ended has a capture of its own; the moment that
    /// closing took is not a link.</summary>
    private static bool Covers(ScreenSpan screen, AgentSegment segment) =>
        segment.StartUs < screen.StopUs && segment.StopUs > screen.StartUs
        && (screen.CallsEndedUs is null || segment.StartUs < screen.CallsEndedUs);

    private static ScreenLink Link(ScreenSpan screen, AgentSegment segment, LinkRelation relation)
    {
        var from = Math.Max(screen.StartUs, segment.StartUs);
        var to = Math.Min(screen.StopUs, segment.StopUs);
        return new ScreenLink(
            screen.ScreenId,
            segment.CallUuid,
            segment.SegmentId,
            (from - screen.StartUs) / UsPerMs,
            (from - segment.StartUs) / UsPerMs,
            Math.Max(0, to - from) / UsPerMs,
            relation);
    }

    private static void AddAfterCallWork(List<ScreenLink> links, ScreenSpan screen, List<AgentSegment> own, long ended)
    {
        var last = own.Where(segment => Covers(screen, segment)).MaxBy(segment => segment.StopUs);
        var from = Math.Max(ended, screen.StartUs);
        links.Add(new ScreenLink(
            screen.ScreenId,
            last?.CallUuid ?? screen.PrimaryCallUuid ?? screen.ScreenId,
            last?.SegmentId,
            (from - screen.StartUs) / UsPerMs,
            null,
            (screen.StopUs - from) / UsPerMs,
            LinkRelation.Acw));
    }
}
