using Microsoft.EntityFrameworkCore;
using Tandem.Recordings.Mapping;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary><see cref="SegmentCopies"/> of stored segments, of any number of calls. That is rare, so only where one DN has several
/// segments in one call their reports are read.</summary>
internal static class CopiedSegments
{
    /// <returns>For the id of each copy the id of the segment that stands for both.</returns>
    public static Dictionary<string, string> Find(IEnumerable<Segment> segments, long nowUs) => segments
        .GroupBy(row => (row.CallUuid, row.Dn))
        .Where(own => own.Skip(1).Any())
        .SelectMany(own => SegmentCopies.Find(own.Select(row => Span(row, nowUs))))
        .ToDictionary();

    /// <inheritdoc cref="Find"/>
    public static async Task<Dictionary<string, string>> FindAsync(IQueryable<Segment> segments, long nowUs, CancellationToken stop)
    {
        var known = await segments.Select(row => new { row.SegmentId, row.CallUuid, row.Dn }).ToListAsync(stop);
        var several = known.GroupBy(row => (row.CallUuid, row.Dn)).Where(own => own.Skip(1).Any())
            .SelectMany(own => own.Select(row => row.SegmentId)).ToList();
        return several.Count == 0
            ? []
            : Find(await segments.AsNoTracking().Where(row => several.Contains(row.SegmentId)).ToListAsync(stop), nowUs);
    }

    private static CallSegment Span(Segment row, long nowUs)
    {
        var stopUs = row.StopUs ?? nowUs;
        var lackMs = row.State == MediaStates.Missing
            ? (stopUs - row.StartUs) / 1000
            : (MediaViews.ReportOf(row)?.Gaps ?? []).Sum(gap => gap.StopMs - gap.StartMs);
        return new CallSegment(row.SegmentId, row.Dn, row.StartUs, stopUs, lackMs);
    }
}
