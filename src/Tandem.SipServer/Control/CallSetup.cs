using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>A call from one phone to another. Where either is recorded, both legs are prepared on MCP while the other
/// phone rings, so that recording starts with the answer.</summary>
internal sealed class CallSetup(Switchboard board)
{
    public async Task ConnectAsync(IncomingInvite incoming)
    {
        if (incoming.Session.State is InviteSessionState.Ended) return;
        var (plan, status) = board.Router.To(incoming.Number, incoming.Caller, null);
        if (plan is null && status == 404)
        {
            incoming.Session.Reject(status);
            return;
        }

        var (live, caller) = Begin(incoming);
        if (plan is null)
        {
            var busy = status == 486;
            Fail(live, caller, null, busy ? CallState.Busy : CallState.NoAnswer, status, busy ? "no agent is free" : "not registered");
            return;
        }

        var callee = board.NewParty(plan.Dn, false, PartyState.Ringing);
        McpLeg? calleeMedia = null;
        if (live.Call.Find(incoming.Caller)!.WantsRecording || callee.WantsRecording)
            calleeMedia = await PrepareAsync(live, caller, callee.Dn, incoming.Offer);
        if (live.IsOver)
        {
            calleeMedia?.Close();
            return;
        }

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
            if (!live.IsOver) FailLike(live, caller, callee, result);
            return;
        }

        await AnsweredAsync(live, caller, callee, calleeMedia, result, calleeSdp);
    }

    public static CallType TypeOf(bool callerLocal, bool calleeLocal) => (callerLocal, calleeLocal) switch
    {
        (true, true) => CallType.Internal,
        (false, true) => CallType.Inbound,
        (true, false) => CallType.Outbound,
        _ => CallType.Unknown,
    };

    private (LiveCall Live, PhoneLeg Caller) Begin(IncomingInvite incoming)
    {
        // A phone that has put its call on hold and dials another number consults.
        var held = board.Live.FirstOrDefault(one => one.Call.Find(incoming.Caller) is { State: PartyState.Held });
        var type = held is not null && incoming.CallerLocal
            ? CallType.Consult
            : TypeOf(incoming.CallerLocal, board.Configuration.Dn(incoming.Number) is not null);
        var seed = new CallSeed(type, incoming.Caller, incoming.Number, held?.Call.ConnId);
        LiveCall live = null!;
        board.Publish(batch => live = board.Open(
            board.Model.Begin(seed, board.NewParty(incoming.Caller, true, PartyState.Dialing), batch)));
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

    private void FailLike(LiveCall live, PhoneLeg caller, Party callee, RingResult result)
    {
        var state = result.IsBusy ? CallState.Busy : result.IsNoAnswer ? CallState.NoAnswer : CallState.Failed;
        var code = result.Response.StatusCode;
        Fail(live, caller, callee, state, code is >= 400 and < 700 ? code : 480, $"{code} {result.Response.ReasonPhrase}");
    }

    private void Fail(LiveCall live, PhoneLeg caller, Party? callee, CallState state, int status, string reason)
    {
        caller.Session.Reject(status is 401 or 407 ? 403 : status);
        board.Publish(batch => board.Model.Fail(live.Call, callee, state, reason, batch));
        board.Ending.CleanUp(live);
    }
}
