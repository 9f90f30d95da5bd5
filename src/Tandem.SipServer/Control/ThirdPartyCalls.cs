using Tandem.Contracts.Cti;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>Calls that a client makes or answers for a phone (RFC 3725).</summary>
internal sealed class ThirdPartyCalls(Switchboard board)
{
    /// <summary>Answers for a phone that takes <c>Event: talk</c>.</summary>
    public static async Task<RequestFault?> AnswerAsync(LiveCall live, string dn)
    {
        if (live.Ringing is not { } ringing || ringing.Plan.Dn != dn)
            return RequestFault.WrongState("the DN is not being rung");
        return await ringing.AskToAnswerAsync()
            ? null
            : RequestFault.NotSupported($"the phone of {dn} does not answer by request (Event: talk)");
    }

    /// <summary>Rings the DN's own phone first; when it is picked up, the other party is called. Done when the other
    /// party is being called.</summary>
    public async Task<RequestFault?> MakeAsync(string dn, string? number, IReadOnlyDictionary<string, string>? data)
    {
        if (string.IsNullOrEmpty(number) || number == dn) return RequestFault.Invalid("OtherDN is missing or the same DN");
        var (plan, status) = board.Router.To(number, dn, null);
        if (plan is null) return RequestFault.NoRoute(number, status);
        if (board.Router.To(dn, dn, null).Plan is not { } own) return RequestFault.OutOfService(dn);
        own = own with
        {
            From = new NameAddress(SipUri.Of(number, board.Advertise.ToString(), board.Options.Port)),
            Headers = [("Call-Info", "<sip:tandem>;answer-after=0"), ("Alert-Info", "<http://localhost>;info=alert-autoanswer")],
        };
        var type = CallSetup.TypeOf(true, plan.Local);
        var route = new RouteFacts(dn, plan.Dn, number, plan.Trunk, type, data);
        var live = Begin(route);
        var media = await board.Anchor.OpenAsync(live, dn, null);
        if (media is null) Anchor.Drop(live);
        var sdp = new LegSdp(board.Advertise);
        live.Ringing = RingAttempt.Start(board, own, sdp.Own(media?.Description), null);
        var result = await live.Ringing.Outcome;
        live.Ringing = null;
        if (result.Session is null || live.IsOver)
        {
            media?.Close();
            result.Session?.End();
            if (!live.IsOver) Abandon(live);
            return RequestFault.Destination($"the phone of {dn} was not picked up: {result.Response.StatusCode}");
        }

        var caller = PickedUp(live, dn, media, result, sdp);
        board.Publish(batch => CallModel.Dial(live.Call, live.Call.Parties[0], batch));
        board.Loop.Start(() => CallAsync(live, caller, plan, route));
        return null;
    }

    private PhoneLeg PickedUp(LiveCall live, string dn, McpLeg? media, RingResult result, LegSdp sdp)
    {
        var caller = new PhoneLeg(dn, true, result.Session!, board.Advertise, sdp)
        {
            Description = result.Response.BodyText,
        };
        caller.Seat(live);
        board.Legs.Attach(caller);
        if (media is null)
        {
            // Its offer waits: nothing flows until the other party is there.
            caller.Session.Ack(sdp.Own(LegSdp.Inactive(caller.Description)));
            return caller;
        }

        board.Anchor.Bind(caller, media);
        board.Loop.Start(() => media.ChangeAsync(caller.Description));
        board.Tones.Play(media, Tones.Ringback);
        return caller;
    }

    private LiveCall Begin(RouteFacts route)
    {
        var seed = new CallSeed(route.CallType, route.Source, route.Dialled) { Trunk = route.Trunk };
        var live = board.Open(board.Model.BeginSilently(seed, board.NewParty(route, true, PartyState.Dialing)));
        if (route.UserData is { } data) live.Call.Attach(data);
        return live;
    }

    private async Task CallAsync(LiveCall live, PhoneLeg caller, RingPlan plan, RouteFacts route)
    {
        var result = await board.Joining.RingAsync(live, plan, route, null, CallState.Ok, caller);
        if (live.IsOver) return;
        if (caller.Mcp is { } media) board.Tones.Stop(media);
        if (result.Leg is null)
        {
            board.Publish(batch => board.Model.Fail(live.Call, result.Party, result.State, result.Reason, batch));
            board.Ending.CleanUp(live);
            return;
        }

        board.Publish(batch => CallModel.Establish(live.Call, result.Party, batch));
        board.Recorder.Reconcile(live);
    }

    private void Abandon(LiveCall live)
    {
        foreach (var party in live.Call.Parties.ToArray())
        {
            live.Call.Remove(party);
            board.Model.Book.Left(live.Call, party.Dn);
        }

        board.Ending.CleanUp(live);
    }
}
