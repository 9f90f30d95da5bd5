using Microsoft.EntityFrameworkCore;
using Tandem.Recordings;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>Reads interactions for the public API.</summary>
internal sealed class InteractionReader(DataStore store, AgentDirectory directory, TimeProvider time)
{
    /// <summary>Null when it is not known.</summary>
    public Task<InteractionView?> FindAsync(string callUuid, CancellationToken stop) =>
        store.ReadAsync(db => ReadAsync(db, callUuid, stop), stop);

    /// <summary>The interaction that a screen belongs to; null when there is none.</summary>
    public Task<string?> OwnerOfAsync(string captureId, CancellationToken stop) => store.ReadAsync(
        db => db.Set<Screen>().Where(row => row.CaptureId == captureId)
            .Select(row => row.PrimaryCallUuid ?? row.InteractionId).FirstOrDefaultAsync(stop),
        stop);

    public Task<InteractionPage> ListAsync(InteractionQuery query, CancellationToken stop) => store.ReadAsync(
        async db =>
        {
            var rows = await query.ReadAsync(db, stop);
            var more = rows.Count > query.Limit;
            var page = more ? rows[..query.Limit] : rows;
            var summaries = await SummariesAsync(db, page, stop);
            return new InteractionPage(summaries, more ? InteractionQuery.CursorAfter(page[^1]) : null);
        },
        stop);

    private async Task<InteractionView?> ReadAsync(TandemDb db, string callUuid, CancellationToken stop)
    {
        var row = await db.Set<Interaction>().FirstOrDefaultAsync(row => row.CallUuid == callUuid, stop);
        if (row is null)
        {
            return null;
        }

        var links = await db.Set<LinkRow>().Where(link => link.CallUuid == callUuid).OrderBy(link => link.ScreenId).ThenBy(link => link.Ordinal).ToListAsync(stop);
        var linked = links.Select(link => link.ScreenId).ToHashSet();
        var screens = await db.Set<Screen>()
            .Where(screen => linked.Contains(screen.CaptureId) || screen.PrimaryCallUuid == callUuid || screen.InteractionId == callUuid)
            .OrderBy(screen => screen.StartUs).ToListAsync(stop);
        var segments = await db.Set<Segment>().Where(segment => segment.CallUuid == callUuid).OrderBy(segment => segment.StartUs).ToListAsync(stop);
        var owners = await OwnersAsync(db, segments, stop);
        var copies = CopiedSegments.Find(segments, time.NowMicros());
        var copied = segments.Where(segment => copies.ContainsKey(segment.SegmentId)).ToLookup(segment => copies[segment.SegmentId]);
        var events = await db.Set<CallEvent>().Where(line => line.CallUuid == callUuid).OrderBy(line => line.TimeUs).ThenBy(line => line.Number).ToListAsync(stop);
        return new InteractionView(
            row.CallUuid, row.Kind, row.CallType, Iso.Of(row.StartUs), Iso.Of(row.StopUs), row.Ani, row.Dnis,
            (await PartiesAsync(db, [callUuid], stop))[callUuid].ToList(),
            [.. segments.Where(segment => !copies.ContainsKey(segment.SegmentId))
                .Select(segment => MediaViews.Of(segment, [.. owners[segment.SegmentId]], copied[segment.SegmentId], Named))],
            screens.ConvertAll(screen => MediaViews.Of(screen, directory.ById(screen.AgentId)?.Name ?? screen.AgentId)),
            links.ConvertAll(link => new LinkView(
                link.ScreenId, link.CallUuid, link.SegmentId, link.ScreenOffsetMs, link.SegmentOffsetMs, link.LengthMs, link.Relation)),
            (await MissingAsync(db, [callUuid], stop))[callUuid].ToList(),
            [.. EventEchoes.Without(events).Select(line => new EventView(Iso.Of(line.TimeUs), line.Name, line.Dn, line.OtherDn, line.Detail))],
            row.Labels.Split(',', StringSplitOptions.RemoveEmptyEntries),
            row.NonDelete);
    }

    private static async Task<ILookup<string, SegmentAgent>> OwnersAsync(TandemDb db, List<Segment> segments, CancellationToken stop)
    {
        var ids = segments.ConvertAll(segment => segment.SegmentId);
        return (await db.Set<SegmentAgent>().Where(row => ids.Contains(row.SegmentId)).ToListAsync(stop)).ToLookup(row => row.SegmentId);
    }

    private static async Task<ILookup<string, PartyView>> PartiesAsync(TandemDb db, List<string> calls, CancellationToken stop)
    {
        var rows = await db.Set<Party>().Where(row => calls.Contains(row.CallUuid)).OrderBy(row => row.FirstUs).ToListAsync(stop);
        return rows.ToLookup(row => row.CallUuid, row => new PartyView(row.Dn, row.AgentId, row.Name, row.Role));
    }

    private static async Task<ILookup<string, MissingView>> MissingAsync(TandemDb db, List<string> calls, CancellationToken stop)
    {
        var rows = await db.Set<MissingRow>().Where(row => calls.Contains(row.CallUuid)).ToListAsync(stop);
        return rows.ToLookup(row => row.CallUuid, row => new MissingView(row.AgentId, row.What, row.Why));
    }

    private async Task<List<InteractionSummary>> SummariesAsync(TandemDb db, List<Interaction> page, CancellationToken stop)
    {
        var calls = page.ConvertAll(row => row.CallUuid);
        var parties = await PartiesAsync(db, calls, stop);
        var missing = await MissingAsync(db, calls, stop);
        var segments = db.Set<Segment>().Where(row => calls.Contains(row.CallUuid));
        var copies = await CopiedSegments.FindAsync(segments, time.NowMicros(), stop);
        var voices = (await segments.Select(row => new { row.SegmentId, row.CallUuid, row.State }).ToListAsync(stop))
            .Where(row => !copies.ContainsKey(row.SegmentId)).ToLookup(row => row.CallUuid, row => row.State);
        var linked = from link in db.Set<LinkRow>()
                     join screen in db.Set<Screen>() on link.ScreenId equals screen.CaptureId
                     where calls.Contains(link.CallUuid)
                     select new { Call = link.CallUuid, screen.CaptureId, screen.State };
        var own = db.Set<Screen>()
            .Where(row => calls.Contains(row.PrimaryCallUuid!) || calls.Contains(row.InteractionId!))
            .Select(row => new { Call = (row.InteractionId ?? row.PrimaryCallUuid)!, row.CaptureId, row.State });
        var screens = (await linked.ToListAsync(stop)).Concat(await own.ToListAsync(stop)).Distinct().ToLookup(row => row.Call, row => row.State);
        return page.ConvertAll(row => Summary(row, [.. parties[row.CallUuid]], [.. voices[row.CallUuid]], [.. screens[row.CallUuid]], [.. missing[row.CallUuid]]));
    }

    private static InteractionSummary Summary(
        Interaction row, List<PartyView> parties, List<string> voices, List<string> screens, List<MissingView> missing) => new(
        row.CallUuid, row.Kind, row.CallType, Iso.Of(row.StartUs), Iso.Of(row.StopUs),
        row.StopUs is { } stopUs ? (stopUs - row.StartUs) / 1000 : null,
        row.Ani, row.Dnis, parties, voices.Count, screens.Count,
        MediaViews.Together([.. voices, .. screens]),
        missing.Exists(gap => gap.What == MissingKinds.Voice) && voices.Count == 0 ? MediaStates.Missing : MediaViews.Together(voices),
        missing.Exists(gap => gap.What == MissingKinds.Screen) && screens.Count == 0 ? MediaStates.Missing : MediaViews.Together(screens),
        missing);

    /// <summary>The agent of a DN, else the DN.</summary>
    private string Named(string dn) => directory.ByDn(dn)?.AgentId ?? dn;
}
