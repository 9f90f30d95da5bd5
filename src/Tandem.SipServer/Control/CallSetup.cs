using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>A call from one phone to another. Where either is recorded, both legs are prepared on MCP while the other
/// phone rings, so that recording starts with the answer.</summary>
internal sealed class CallSetup(Switchboard board)
{
    public async Task ConnectAsync(IncomingInvite incoming)
    {
        if (incoming.Session.State is InviteSessionState.Ended) return;
        var queue = board.Configuration.Dn(incoming.Number) is { IsQueue: true } settings ? settings : null;
        var (plan, status) = board.Router.To(incoming.Number, incoming.Caller, null);
        if (plan is null && status == 404)
        {
            incoming.Session.Reject(status);
            return;
        }

        if (queue is not null && plan is not null) board.Queues.Offer(plan.Dn);
        var (live, caller) = Begin(incoming, plan);
        if (queue is not null) await board.Queues.DeliverAsync(incoming, live, caller, queue, plan);
        else if (plan is null) Fail(live, caller, null, CallState.NoAnswer, status, "not registered");
        else if (await RingAsync(incoming, live, caller, plan) is { } missed) FailLike(live, caller, missed);
    }

    /// <summary>Rings one party; null when it answered or the call is over.</summary>
    public async Task<MissedRing?> RingAsync(IncomingInvite incoming, LiveCall live, PhoneLeg caller, RingPlan plan)
    {
        var callee = board.NewParty(RouteOf(incoming, plan), false, PartyState.Ringing);
        McpLeg? calleeMedia = null;
        if (caller.Mcp is not null || live.Call.Find(incoming.Caller)!.WantsRecording || callee.WantsRecording)
            calleeMedia = await PrepareAsync(live, caller, callee.Dn, incoming.Offer);
        if (live.IsOver)
        {
            calleeMedia?.Close();
            return null;
        }

        if (calleeMedia is null && caller.Mcp is not null)
            return new MissedRing(callee, CallState.Failed, 503, live.AnchorFault ?? "no MCP");

        // On the callee's dialog our description is new, so the MCP's or the caller's goes through its own rewriting.
        var calleeSdp = new LegSdp(board.Advertise);
        var offer = calleeMedia is not null ? calleeMedia.Description : incoming.Offer;
        plan = plan with { Headers = [("X-Genesys-CallUUID", live.Call.CallUuid)] };
        live.Ringing = RingAttempt.Start(
            board, plan, calleeSdp.Own(offer), response => Alerted(live, caller, callee, calleeMedia, response));
        var result = await live.Ringing.Outcome;
        live.Ringing = null;
        if (live.IsOver || result.Session is null)
        {
            calleeMedia?.Close();
            result.Session?.End();
            return live.IsOver ? null : MissedRing.Of(callee, result);
        }

        await AnsweredAsync(live, caller, callee, calleeMedia, result, calleeSdp);
        return null;
    }

    public static CallType TypeOf(bool callerLocal, bool calleeLocal) => (callerLocal, calleeLocal) switch
    {
        (true, true) => CallType.Internal,
        (false, true) => CallType.Inbound,
        (true, false) => CallType.Outbound,
        _ => CallType.Unknown,
    };

    /// <summary>A phone that has put its call on hold and dials another number consults.</summary>
    private LiveCall? HeldBy(IncomingInvite incoming) => incoming.CallerLocal
        ? board.Find(board.Model.Book.Of(incoming.Caller)
            .FirstOrDefault(call => call.Find(incoming.Caller) is { State: PartyState.Held })?.ConnId)
        : null;

    private RouteFacts RouteOf(IncomingInvite incoming, RingPlan? plan)
    {
        var type = HeldBy(incoming) is not null
            ? CallType.Consult
            : TypeOf(incoming.CallerLocal, board.Configuration.Dn(incoming.Number) is not null);
        return new RouteFacts(
            incoming.Caller, plan?.Dn ?? incoming.Number, incoming.Number, incoming.Trunk ?? plan?.Trunk, type, null);
    }

    private (LiveCall Live, PhoneLeg Caller) Begin(IncomingInvite incoming, RingPlan? plan)
    {
        var held = HeldBy(incoming);
        var route = RouteOf(incoming, plan);
        var seed = new CallSeed(route.CallType, incoming.Caller, incoming.Number, held?.Call.ConnId) { Trunk = route.Trunk };
        LiveCall live = null!;
        board.Publish(batch => live = board.Open(
            board.Model.Begin(seed, board.NewParty(route, true, PartyState.Dialing), batch)));
        live.Main = held;
        var caller = new PhoneLeg(incoming.Caller, incoming.CallerLocal, incoming.Session, board.Advertise)
        {
            Description = incoming.Offer,
        };
        caller.Seat(live);
        board.Legs.Attach(caller);
        return (live, caller);
    }

    /// <summary>Both legs on MCP, or neither. Returns the callee's.</summary>
    private async Task<McpLeg?> PrepareAsync(LiveCall live, PhoneLeg caller, string callee, string? offer)
    {
        if (caller.Mcp is not null) return await board.Anchor.OpenAsync(live, callee, null);
        var first = await board.Anchor.OpenAsync(live, caller.Dn, offer);
        if (first is null)
        {
            Anchor.Drop(live);
            return null;
        }

        var second = live.IsOver ? null : await board.Anchor.OpenAsync(live, callee, null);
        if (second is null || live.IsOver)
        {
            Anchor.Drop(live, first, second);
            return null;
        }

        board.Anchor.Bind(caller, first);
        return second;
    }

    private void Alerted(LiveCall live, PhoneLeg caller, Party callee, McpLeg? calleeMedia, SipResponse response)
    {
        if (live.IsOver) return;
        if (live.Call.Find(callee.Dn) is null)
            board.Publish(batch => board.Model.Ring(live.Call, callee, null, CallState.Ok, batch));
        var early = response.Body.Length > 0 && response.ContentType == "application/sdp" ? response.BodyText : null;
        if (early is null || caller.Description is null)
        {
            caller.Session.Ring();
            return;
        }

        if (calleeMedia is null)
        {
            caller.Session.Ring(183, caller.Sdp.Own(early));
            return;
        }

        board.Loop.Start(() => calleeMedia.ChangeAsync(early));
        caller.Session.Ring(183, caller.Sdp.Own(caller.Mcp!.Description));
    }

    private async Task AnsweredAsync(
        LiveCall live, PhoneLeg caller, Party callee, McpLeg? calleeMedia, RingResult result, LegSdp calleeSdp)
    {
        var leg = new PhoneLeg(callee.Dn, callee.Local, result.Session!, board.Advertise, calleeSdp)
        {
            Description = result.Response.BodyText,
        };
        leg.Seat(live);
        board.Legs.Attach(leg);
        Task<string?>? applied = null;
        if (calleeMedia is not null)
        {
            board.Anchor.Bind(leg, calleeMedia);
            board.Tones.Stop(caller.Mcp!);
            applied = calleeMedia.ChangeAsync(leg.Description);
            caller.Session.Accept(caller.Sdp.Own(caller.Mcp!.Description));
        }
        else
        {
            caller.Session.Accept(caller.Sdp.Own(leg.Description));
        }

        board.Publish(batch =>
        {
            if (live.Call.Find(callee.Dn) is null) board.Model.Ring(live.Call, callee, null, CallState.Ok, batch);
            CallModel.Establish(live.Call, callee, batch);
        });
        board.Recorder.Reconcile(live);
        if (applied is not null && await applied is null && !live.IsOver)
            board.Ending.EndAll(live, "the media of the answering phone suits no codec of MCP");
    }

    private void FailLike(LiveCall live, PhoneLeg caller, MissedRing missed) =>
        Fail(live, caller, missed.Callee, missed.State, missed.Status, missed.Reason);

    public void Fail(LiveCall live, PhoneLeg caller, Party? callee, CallState state, int status, string reason)
    {
        caller.Session.Reject(status is 401 or 407 ? 403 : status);
        board.Publish(batch => board.Model.Fail(live.Call, callee, state, reason, batch));
        board.Ending.CleanUp(live);
    }
}
