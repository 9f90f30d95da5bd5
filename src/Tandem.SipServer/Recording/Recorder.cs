using Microsoft.Extensions.Logging;
using Tandem.Contracts.Cti;
using Tandem.Sip.Msml;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Has MCP write the segments that <see cref="SegmentPlan"/> asks for, and says <c>EventRecording</c> only when
/// MCP confirmed.</summary>
internal sealed partial class Recorder(Switchboard board)
{
    private const string DiskFull = "disk-full";
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (LiveCall Live, Segment Segment)> _byId = new(StringComparer.Ordinal);

    /// <summary>Brings what is written in line with who is in the call. Call after every transition.</summary>
    public void Reconcile(LiveCall live)
    {
        var changes = SegmentPlan.Judge(live.Call, live.Segments);
        foreach (var segment in changes.Stop) End(live, segment);
        foreach (var wish in changes.Start) Begin(live, wish);
    }

    /// <summary>Ends a segment at MCP. Its DNs' <c>EventRecording Off</c> goes with their release, or is said by the
    /// caller.</summary>
    public void End(LiveCall live, Segment segment)
    {
        if (Ending(live, segment) is not { } request) return;
        if (live.LegOf(segment.Owner)?.Mcp is not { IsOver: false } media) return;

        // Begun at once: the leg's BYE may follow in the same step, and MCP must hear of the end first.
        board.Loop.Watch(media.ControlAsync(request));
    }

    /// <summary>Gives up a segment and says what MCP must be told, for callers who have more to say in the same breath:
    /// a segment must be over before those enter who do not belong to it.</summary>
    public MsmlDialogEnd? Ending(LiveCall live, Segment segment)
    {
        live.Segments.Remove(segment);
        if (!_byId.Remove(segment.Id)) return null;
        segment.State = SegmentState.Ended;
        return new MsmlDialogEnd(IdAtMcp(live, segment));
    }

    /// <summary>The same for every segment of <paramref name="owner"/> in a call; null: of everyone.</summary>
    public IEnumerable<MsmlRequest> Endings(LiveCall live, string? owner) => live.Segments
        .Where(segment => owner is null || segment.Owner == owner)
        .ToArray()
        .Select(segment => Ending(live, segment))
        .OfType<MsmlRequest>()
        .ToArray();

    /// <summary>Pauses or resumes; true when MCP has taken it for every segment given.</summary>
    public async Task<IReadOnlyList<Segment>> SendAsync(LiveCall live, IReadOnlyList<Segment> segments, string what)
    {
        var refused = new List<Segment>();
        foreach (var segment in segments)
        {
            var media = live.LegOf(segment.Owner)?.Mcp;
            var result = media is null ? null : await media.ControlAsync(new MsmlSend(what, IdAtMcp(live, segment)));
            if (result is not { IsSuccess: true }) refused.Add(segment);
        }

        return refused;
    }

    /// <summary>An event of MCP about a recording.</summary>
    public void Heard(MsmlEvent said)
    {
        if (MsmlIds.DialogOf(said.Id) is not { } id || !_byId.TryGetValue(id, out var found)) return;
        var (live, segment) = found;
        switch (said.Name)
        {
            case MsmlEvent.RecordStarted when segment is { State: SegmentState.Starting, StartsPaused: false }:
                Became(live, segment, SegmentState.On);
                break;
            case MsmlEvent.RecordPaused:
                Became(live, segment, SegmentState.Paused);
                break;
            case MsmlEvent.RecordResumed:
                Became(live, segment, SegmentState.On);
                break;
            case MsmlEvent.RecordFailed:
                Failed(live, segment, said[MsmlEvent.Cause] ?? "MCP gave no cause");
                break;
            case MsmlEvent.RecordEnded:
                Ended(live, segment);
                break;
        }
    }

    /// <summary>Says that a DN that should be recorded is not, and why.</summary>
    public void Refuse(LiveCall live, IEnumerable<string> dns, string segmentId, string reason)
    {
        LogFailed(board.Log, live.Call.CallUuid, string.Join(" and ", dns), reason);
        board.Publish(batch =>
        {
            foreach (var dn in dns)
            {
                if (live.Call.Find(dn) is { } party)
                    RecordingModel.Report(
                        live.Call, party, new RecordingReport(RecordingState.Failed, segmentId), reason, batch);
            }

            if (live.Call.UserData?.ContainsKey(RecordingModel.StateKey) == true) RecordingModel.Attach(live.Call, batch);
        });
    }

    /// <summary>Where MCP's disk fills up, who is always recorded outlasts who is recorded now and then.</summary>
    private int Priority(string dn) => board.Configuration.Dn(dn) is { Record: true } ? 6 : 4;

    private static string IdAtMcp(LiveCall live, Segment segment) =>
        MsmlIds.Dialog(MsmlIds.Conference(live.ConferenceId), segment.Id);

    private void Begin(LiveCall live, SegmentWish wish)
    {
        var segment = new Segment
        {
            Id = CallIds.NewSegmentId(),
            Owner = wish.Owner,
            Sharer = wish.Sharer,
            File = RecordingFile.Name(live.Call, wish.Owner, board.Time.GetUtcNow()),
        };
        live.Segments.Add(segment);
        if (live.LegOf(wish.Owner)?.Mcp is { } media)
        {
            _byId.Add(segment.Id, (live, segment));
            board.Loop.Start(() => StartAsync(live, segment, media));
            return;
        }

        // Kept among the segments as ended, so that it is not tried again at every transition.
        segment.State = SegmentState.Ended;
        live.AwaitsMcp = true;
        Refuse(live, segment.Dns, segment.Id, live.AnchorFault ?? board.Mcps.WhyNone());
    }

    private async Task StartAsync(LiveCall live, Segment segment, McpLeg media)
    {
        var call = live.Call;
        var record = new MsmlRecord(segment.Owner)
        {
            CallUuid = call.CallUuid,
            ConnId = call.ConnId,
            Ani = call.Ani,
            Dnis = call.Dnis,
            Beep = board.Options.RecordingBeep,
            Stems = board.Options.RecordEachParty,
            Siprec = board.Options.Recorders is [] ? null : string.Join(' ', board.Options.Recorders),
            Priority = Priority(segment.Owner),
        };
        var start = new MsmlDialogStart(MsmlIds.Conference(live.ConferenceId), segment.Id) { Record = record };

        // A pause covers the call and what is linked to it, and in the same breath: nothing may be written before it.
        segment.StartsPaused = live.IsPaused || live.Main is { IsOver: false, IsPaused: true };
        var result = await (segment.StartsPaused
            ? media.ControlAsync(start, new MsmlSend(MsmlSend.Pause, IdAtMcp(live, segment)))
            : media.ControlAsync(start));
        if (!result.IsSuccess)
        {
            Failed(live, segment, $"MCP refused: {result.Response} {result.Description}".TrimEnd());
            return;
        }

        if (segment.State is not SegmentState.Starting) return;
        await Task.Delay(ConfirmWithin, board.Time, CancellationToken.None);
        if (segment.State is SegmentState.Starting)
            Failed(live, segment, $"MCP {media.Server} did not confirm within {ConfirmWithin.TotalSeconds} s");
    }

    private void Became(LiveCall live, Segment segment, SegmentState state)
    {
        segment.StartsPaused = false;
        segment.State = state;
        var shown = state is SegmentState.Paused ? RecordingState.Paused : RecordingState.On;
        board.Publish(batch =>
        {
            foreach (var dn in segment.Dns)
            {
                if (live.Call.Find(dn) is not { } party) continue;
                if (party.IsRecording && party.Recording!.SegmentId != segment.Id) LeaveShared(live, party, batch);
                RecordingModel.Report(
                    live.Call, party, new RecordingReport(shown, segment.Id, segment.File), null, batch);
            }

            RecordingModel.Attach(live.Call, batch);
        });
    }

    /// <summary>A DN that shared its caller's segment now has its own.</summary>
    private static void LeaveShared(LiveCall live, Party party, EventBatch batch)
    {
        var shared = live.Segments.Find(segment => segment.Id == party.Recording!.SegmentId);
        if (shared is not null) shared.Sharer = null;
        RecordingModel.Off(live.Call, party, batch);
    }

    private void Failed(LiveCall live, Segment segment, string reason)
    {
        if (segment.State is SegmentState.Ended) return;
        // MCP goes on with the segment when its disk has room again, and says so.
        segment.State = reason == DiskFull ? SegmentState.Starting : SegmentState.Ended;
        if (segment.State is SegmentState.Ended) _byId.Remove(segment.Id);
        Refuse(live, segment.Dns, segment.Id, reason);
    }

    /// <summary>MCP ended a recording that we did not end.</summary>
    private void Ended(LiveCall live, Segment segment)
    {
        segment.State = SegmentState.Ended;
        _byId.Remove(segment.Id);
        board.Publish(batch =>
        {
            foreach (var dn in segment.Dns)
            {
                if (live.Call.Find(dn) is { } party) RecordingModel.Off(live.Call, party, batch);
            }

            RecordingModel.Attach(live.Call, batch);
        });
    }

    /// <summary>Whether somebody in the call ought to be recorded and is not.</summary>
    public static bool IsLacking(LiveCall live) => SegmentPlan.Judge(
        live.Call, [.. live.Segments.Where(segment => segment.State is not SegmentState.Ended)]).Start.Count > 0;

    [LoggerMessage(4110, LogLevel.Warning, "Call {CallUuid} is not recorded for {Dn}: {Reason}")]
    private static partial void LogFailed(ILogger log, string callUuid, string dn, string reason);
}
