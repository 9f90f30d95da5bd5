using Tandem.Contracts.Cti;
using Tandem.Sip.Msml;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Control;

/// <summary>Single-step transfer and conference: a new party is rung into the call while it goes on; nothing changes for
/// anyone until it answers, so a refusal simply leaves the call as it was.</summary>
internal sealed class SingleSteps(Switchboard board)
{
    /// <summary>For clients: done when the new party is alerted; what comes of it they learn from events.</summary>
    public Task<RequestFault?> StartAsync(LiveCall live, string dn, string? number, bool transfer)
    {
        var begun = new TaskCompletionSource<RequestFault?>(TaskCreationOptions.RunContinuationsAsynchronously);
        board.Loop.Start(async () =>
        {
            void Alerted() => begun.TrySetResult(null);
            begun.TrySetResult(transfer
                ? await TransferAsync(live, dn, number, Alerted)
                : await ConferAsync(live, dn, number, Alerted));
        });
        return begun.Task;
    }

    /// <summary>Done when the new party has answered.</summary>
    public async Task<RequestFault?> TransferAsync(LiveCall live, string dn, string? number, Action? alerted = null)
    {
        var (plan, route, fault) = Prepare(live, dn, number);
        if (fault is not null) return fault;
        await board.Anchor.EnsureAsync(live);
        if (live.IsOver || live.LegOf(dn) is null) return RequestFault.WrongState("the call is over");
        if (!live.IsAnchored && live.Legs.Count > 2) return RequestFault.Media(live.AnchorFault ?? "no MCP");
        var peer = live.Legs.First(leg => leg.Dn != dn);
        live.TransferringBy = dn;
        var joined = await board.Joining.RingAsync(live, plan!, route!, dn, CallState.Transferred, peer, alerted);
        live.TransferringBy = null;
        if (live.IsOver) return RequestFault.WrongState("the call ended before the transfer");
        if (joined.Leg is null)
        {
            Refused(live, dn, joined);
            return RequestFault.Destination($"{number}: {joined.Reason}", joined.Status);
        }

        await EnterAsync(live, joined.Leg, dn);
        if (live.IsOver) return RequestFault.WrongState("the call ended before the transfer");
        var leaving = live.LegOf(dn);
        board.Publish(batch =>
        {
            board.Merges.Replace(live.Call, live.Call.Find(dn), dn, joined.Party, batch);
            board.Ending.AfterCallWork([dn], batch);
        });
        if (leaving is not null)
        {
            board.Recorder.Reconcile(live);
            leaving.Leave(live);
            if (leaving.Seats.Count == 0) leaving.Hangup();
        }

        board.Ending.CleanUp(live);
        return null;
    }

    /// <summary>Done when the new party has answered.</summary>
    public async Task<RequestFault?> ConferAsync(LiveCall live, string dn, string? number, Action? alerted = null)
    {
        var (plan, route, fault) = Prepare(live, dn, number);
        if (fault is not null) return fault;
        if (!await board.Anchor.EnsureAsync(live))
            return RequestFault.Media(live.AnchorFault ?? "a conference needs MCP");
        if (live.IsOver || live.LegOf(dn) is not { } leg) return RequestFault.WrongState("the call is over");
        live.ConferencingBy = dn;
        var joined = await board.Joining.RingAsync(live, plan!, route!, dn, CallState.Conferenced, leg, alerted);
        live.ConferencingBy = null;
        if (live.IsOver) return RequestFault.WrongState("the call ended before the conference");
        if (joined.Leg is null)
        {
            Refused(live, dn, joined);
            return RequestFault.Destination($"{number}: {joined.Reason}", joined.Status);
        }

        await EnterAsync(live, joined.Leg, null);
        if (live.IsOver) return RequestFault.WrongState("the call ended before the conference");
        board.Publish(batch =>
        {
            if (live.Call.Find(dn) is { } by) MergeModel.Include(live.Call, by, joined.Party, batch);
            else CallModel.EstablishOne(live.Call, joined.Party, dn, CallState.Conferenced, batch);
        });
        board.Ending.CleanUp(live);
        return null;
    }

    /// <summary>Moves the new phone into the conference; before that, whom it replaces is taken out and his segment
    /// ended, so that neither is on the other's recording.</summary>
    private async Task EnterAsync(LiveCall live, PhoneLeg arriving, string? leavingDn)
    {
        if (arriving.Mcp is not { } media) return;
        var requests = new List<MsmlRequest>();
        if (leavingDn is not null)
        {
            requests.AddRange(board.Recorder.Endings(live, leavingDn));
            if (live.LegOf(leavingDn) is { Mcp: { IsOver: false } leaving }) requests.AddRange(leaving.Move(null));
        }

        requests.AddRange(media.Move(live.ConferenceId));
        await media.ControlAsync([.. requests]);
    }

    private (RingPlan? Plan, RouteFacts? Route, RequestFault? Fault) Prepare(LiveCall live, string dn, string? number)
    {
        if (string.IsNullOrEmpty(number)) return (null, null, RequestFault.Invalid("OtherDN is missing"));
        if (live.Call.Find(dn) is not { IsUp: true } || live.Ringing is not null)
            return (null, null, RequestFault.WrongState("the call is not established, or a party is being rung"));
        if (live.Call.Find(number) is not null) return (null, null, RequestFault.WrongState($"{number} is in the call"));
        var (plan, status) = board.Router.To(number, live.Call.OtherOf(dn) ?? dn, live.Call.CallUuid);
        if (plan is null) return (null, null, RequestFault.NoRoute(number, status));
        var route = new RouteFacts(
            live.Call.OtherOf(dn) ?? dn, plan.Dn, number, plan.Trunk ?? live.Call.Trunk, live.Call.Type, live.Call.UserData);
        return (plan, route, null);
    }

    /// <summary>The new party is let go; if the one who gave the call away has gone too, the call is over.</summary>
    private void Refused(LiveCall live, string by, JoinResult result)
    {
        board.Publish(batch =>
        {
            if (live.Call.Find(result.Party.Dn) == result.Party && live.IsWithdrawn)
                board.Model.ReleaseOne(live.Call, result.Party, CallState.Ok, null, CtiEventNames.Abandoned, batch);
            else if (live.Call.Find(result.Party.Dn) == result.Party)
                board.Model.ReleaseOne(live.Call, result.Party, result.State, result.Reason, null, batch);
            if (live.Call.Parties.Count == 1)
                board.Model.End(live.Call, null, result.State, result.Reason, batch);
        });
        if (live.LegOf(by) is { Mcp: null } leg && live.Legs.Find(one => one != leg) is { Description: { } was })
            board.Loop.Start(() => leg.Session.ReInviteAsync(leg.Sdp.Own(was)));
        board.Ending.CleanUp(live);
    }
}
