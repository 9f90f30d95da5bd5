using Microsoft.EntityFrameworkCore;
using Tandem.Recordings.Mapping;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>Keeps the table of links in step with screens and segments.</summary>
internal static class Links
{
    /// <summary>Writes the links of one screen anew.</summary>
    public static async Task RecomputeAsync(TandemDb db, Screen screen, long nowUs, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        var stopUs = screen.StopUs ?? nowUs;
        var segments = await OwnSegmentsAsync(db, screen, stopUs, nowUs, stop);
        var span = new ScreenSpan(
            screen.CaptureId, screen.StartUs, stopUs, screen.PrimaryCallUuid, screen.PrimarySegmentId, screen.CallsEndedUs, screen.AfterCallWork);
        var links = screen.InteractionId is { } own ? [ScreenMapping.NonVoiceLink(span, own)] : ScreenMapping.Links(span, segments);
        await db.Set<LinkRow>().Where(row => row.ScreenId == screen.CaptureId).ExecuteDeleteAsync(stop);
        foreach (var tracked in db.Set<LinkRow>().Local.Where(row => row.ScreenId == screen.CaptureId).ToList())
        {
            db.Entry(tracked).State = EntityState.Detached;
        }

        for (var i = 0; i < links.Count; i++)
        {
            db.Add(Row(links[i], i));
        }
    }

    /// <summary>Every screen that a segment may touch.</summary>
    public static async Task RecomputeForSegmentAsync(TandemDb db, string segmentId, long nowUs, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        var segment = await db.Set<Segment>().FindAsync([segmentId], stop);
        var stopUs = segment!.StopUs ?? nowUs;
        var agents = db.Set<SegmentAgent>().Where(row => row.SegmentId == segmentId).Select(row => row.AgentId);
        var screens = await db.Set<Screen>()
            .Where(row => agents.Contains(row.AgentId) && row.InteractionId == null
                && ((row.StartUs < stopUs && (row.StopUs == null || row.StopUs > segment.StartUs)) || row.PrimaryCallUuid == segment.CallUuid))
            .ToListAsync(stop);
        foreach (var screen in screens)
        {
            await RecomputeAsync(db, screen, nowUs, stop);
        }
    }

    private static async Task<List<AgentSegment>> OwnSegmentsAsync(
        TandemDb db, Screen screen, long stopUs, long nowUs, CancellationToken stop)
    {
        var own = db.Set<SegmentAgent>().Where(row => row.AgentId == screen.AgentId).Select(row => row.SegmentId);
        var segments = db.Set<Segment>()
            .Where(row => own.Contains(row.SegmentId)
                && ((row.StartUs < stopUs && (row.StopUs == null || row.StopUs > screen.StartUs)) || row.CallUuid == screen.PrimaryCallUuid));
        var copies = await CopiedSegments.FindAsync(segments, nowUs, stop);
        var spans = await segments
            .Select(row => new AgentSegment(row.SegmentId, row.CallUuid, row.StartUs, row.StopUs ?? nowUs)).ToListAsync(stop);
        return spans.FindAll(span => !copies.ContainsKey(span.SegmentId));
    }

    private static LinkRow Row(ScreenLink link, int ordinal) => new()
    {
        ScreenId = link.ScreenId,
        Ordinal = ordinal,
        CallUuid = link.CallUuid,
        SegmentId = link.SegmentId,
        ScreenOffsetMs = link.ScreenOffsetMs,
        SegmentOffsetMs = link.SegmentOffsetMs,
        LengthMs = link.LengthMs,
        Relation = link.Relation.ToString().ToLowerInvariant(),
    };
}
