using Tandem.Contracts.Cti;
using Tandem.Sip.Msml;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Cti;

/// <summary>Dynamic recording: <c>GSIP_RECORD_START</c>, <c>_STOP</c>, <c>_PAUSE</c>, <c>_RESUME</c>.</summary>
internal sealed class RecordingCommands(Switchboard board)
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public async Task<RequestFault?> DoAsync(CtiRequest request)
    {
        var dn = request.ThisDN!;
        var live = request.ConnID is null
            ? board.Model.Book.Of(dn).Select(call => board.Find(call.ConnId)).FirstOrDefault(one => one is not null)
            : board.Find(request.ConnID);
        if (live is null) return RequestFault.UnknownCall(request.ConnID);
        return request.Message switch
        {
            "GSIP_RECORD_START" => await StartAsync(live, dn),
            "GSIP_RECORD_STOP" => Stop(live, dn),
            "GSIP_RECORD_PAUSE" => await TurnAsync(live, MsmlSend.Pause, SegmentState.Paused),
            "GSIP_RECORD_RESUME" => await TurnAsync(live, MsmlSend.Resume, SegmentState.On),
            _ => RequestFault.Invalid($"{request.Message} is no private service"),
        };
    }

    private async Task<RequestFault?> StartAsync(LiveCall live, string dn)
    {
        if (live.Call.Find(dn) is not { } party) return RequestFault.UnknownCall(live.Call.ConnId);
        if (!party.IsUp) return RequestFault.WrongState("the call is not established");
        if (party.IsRecording) return null;
        if (!await board.Anchor.EnsureAsync(live)) return RequestFault.Recording(live.AnchorFault ?? "the call is over");
        party.WantsRecording = true;
        live.IsPaused = false;
        live.Segments.RemoveAll(segment => segment.Owner == dn && segment.State is SegmentState.Ended);
        board.Recorder.Reconcile(live);
        await UntilAsync(() => party.Recording is { State: not RecordingState.Off } || live.IsOver);
        return party.IsRecording ? null : RequestFault.Recording("MCP did not confirm that it writes");
    }

    private RequestFault? Stop(LiveCall live, string dn)
    {
        if (live.Call.Find(dn) is not { IsRecording: true } party) return RequestFault.WrongState("nothing is recorded");
        var segment = live.Segments.Find(one => one.Id == party.Recording!.SegmentId);
        var dns = segment is { Sharer: { } sharer } ? [segment.Owner, sharer] : new[] { dn };
        board.Publish(batch =>
        {
            foreach (var one in dns)
            {
                if (live.Call.Find(one) is not { } covered) continue;
                covered.WantsRecording = false;
                RecordingModel.Off(live.Call, covered, batch);
            }

            RecordingModel.Attach(live.Call, batch);
        });
        board.Recorder.Reconcile(live);
        return null;
    }

    /// <summary>A pause covers every recording of the call and of its linked consultations, and is
    /// done only when MCP has confirmed each.</summary>
    private async Task<RequestFault?> TurnAsync(LiveCall live, string what, SegmentState wanted)
    {
        var paused = wanted is SegmentState.Paused;
        var linked = board.Live.Where(one => one == live || one.Main == live || live.Main == one).ToArray();
        var all = linked
            .SelectMany(one => one.Segments, (one, segment) => (one, segment))
            .Where(pair => pair.segment.State is SegmentState.On or SegmentState.Paused
                || (paused && pair.segment.State is SegmentState.Starting))
            .ToArray();
        foreach (var one in linked.Where(one => !paused || all.Length > 0 || one.AwaitsMcp)) one.IsPaused = paused;
        if (all.Length == 0) return RequestFault.WrongState("nothing is recorded");
        var refused = new List<Segment>();
        foreach (var group in all.Where(pair => pair.segment.State != wanted).GroupBy(pair => pair.one, pair => pair.segment))
            refused.AddRange(await board.Recorder.SendAsync(group.Key, [.. group], what));
        await UntilAsync(() => all.All(pair =>
            pair.segment.State == wanted || pair.segment.State is SegmentState.Ended || refused.Contains(pair.segment)));
        var missing = all
            .Where(pair => pair.segment.State != wanted && pair.segment.State is not SegmentState.Ended)
            .Select(pair => pair.segment.Owner)
            .ToArray();
        return missing.Length == 0
            ? null
            : RequestFault.Recording($"MCP did not confirm {what} of the recording of {string.Join(", ", missing)}");
    }

    private async Task UntilAsync(Func<bool> reached)
    {
        for (var waited = TimeSpan.Zero; waited < ConfirmWithin && !reached(); waited += Step)
            await Task.Delay(Step, board.Time, CancellationToken.None);
    }
}
