using Tandem.Contracts.Cti;
using Tandem.Sip.Msml;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>Two-step transfer and conference. The consulting phone keeps its one dialog: its MCP leg moves from the held
/// call's conference to the consultation's and back. A phone that consults by itself has two dialogs.</summary>
internal sealed class Consultations(Switchboard board)
{
    /// <summary>Holds the call and rings <paramref name="number"/> for a consultation; done when it is being rung.</summary>
    public async Task<RequestFault?> InitiateAsync(LiveCall main, string dn, string? number)
    {
        if (string.IsNullOrEmpty(number) || number == dn) return RequestFault.Invalid("OtherDN is missing or the same DN");
        if (main.Call.Find(dn) is not { IsUp: true }) return RequestFault.WrongState("the call is not established");
        var (plan, status) = board.Router.To(number, dn, null);
        if (plan is null) return RequestFault.NoRoute(number, status);
        if (!await board.Anchor.EnsureAsync(main)) return RequestFault.Media(main.AnchorFault ?? "a consultation needs MCP");
        if (main.LegOf(dn) is not { Mcp: { } media } leg || main.IsOver) return RequestFault.WrongState("the call is over");
        if (main.Call.Find(dn) is { State: PartyState.Established } && await board.Holding.HoldAsync(main, dn) is { } fault)
            return fault;
        var route = new RouteFacts(dn, plan.Dn, number, plan.Trunk, CallType.Consult, main.Call.UserData);
        var live = Begin(main, leg, route);
        board.Loop.Start(() => ConsultAsync(live, leg, media, plan, route));
        return null;
    }

    /// <summary>Merges a consultation into the call it is about, as a transfer or a conference. Either ConnID may be
    /// given as the consultation's.</summary>
    public async Task<RequestFault?> CompleteAsync(LiveCall one, string? otherConnId, string dn, bool transfer)
    {
        var (main, consultation) = Pair(one, board.Find(otherConnId), dn);
        if (main is null || consultation is null) return RequestFault.WrongState("there is no held call and consultation to merge");
        if (main.Call.Find(dn) is not { IsUp: true } || consultation.Call.Parties.Any(party => !party.IsUp))
            return RequestFault.WrongState("the consultation is not established");
        return await MergeAsync(main, consultation, dn, transfer);
    }

    /// <summary>Gives up the consultation and goes back to the held call; or takes back a single-step transfer or conference
    /// that still rings.</summary>
    public RequestFault? Reconnect(LiveCall one, string dn)
    {
        if ((one.TransferringBy == dn || one.ConferencingBy == dn) && one.Ringing is { } ringing)
        {
            one.IsWithdrawn = true;
            ringing.Cancel();
            return null;
        }

        var (main, consultation) = Pair(one, null, dn);
        if (main is null || consultation is null) return RequestFault.WrongState("there is no consultation");
        if (consultation.LegOf(dn) is null) return RequestFault.WrongState("there is no consultation");
        End(consultation, dn, CallState.Ok, null);
        return null;
    }

    /// <summary>A consultation on a shared dialog ended: the phone hears its held call again.</summary>
    public void ReturnTo(PhoneLeg leg)
    {
        if (leg.IsOver || leg.Active is not null || leg.Seats is not [var live, ..]) return;
        if (leg.Mcp is { } media) board.Tones.Stop(media);
        board.Loop.Start(() => board.Holding.RetrieveAsync(live, leg.Dn));
    }

    /// <summary>The two calls merge; the surviving one is <paramref name="main"/>.</summary>
    public async Task<RequestFault?> MergeAsync(LiveCall main, LiveCall consultation, string dn, bool transfer)
    {
        if (!await board.Anchor.EnsureAsync(main) || !await board.Anchor.EnsureAsync(consultation))
            return RequestFault.Media(main.AnchorFault ?? consultation.AnchorFault ?? "a merge needs MCP");
        if (main.Mcp != consultation.Mcp) return RequestFault.Media("the two calls are on different MCPs");
        if (main.IsOver || consultation.IsOver) return RequestFault.WrongState("one of the calls is over");
        var legs = consultation.Legs.Where(leg => leg.Dn != dn && !leg.IsOver).ToList();
        var holder = main.LegOf(dn);
        if (!transfer && holder is not null) legs.Add(holder);
        MsmlRequest[] moves =
        [
            .. board.Recorder.Endings(consultation, null),
            .. transfer ? board.Recorder.Endings(main, dn) : [],
            .. legs.SelectMany(leg => leg.Mcp?.Move(main.ConferenceId) ?? []),
        ];
        var asked = legs.Select(leg => leg.Mcp).FirstOrDefault(media => media is { IsOver: false });
        if (asked is null) return RequestFault.Media("the media of the consultation is gone");
        var result = moves.Length == 0 ? new MsmlResult(MsmlResult.Ok) : await asked.ControlAsync(moves);
        if (!result.IsSuccess) return RequestFault.Media($"MCP refused the merge: {result.Response} {result.Description}");
        Merged(main, consultation, dn, transfer);
        return null;
    }

    private void Merged(LiveCall main, LiveCall consultation, string dn, bool transfer)
    {
        var leaving = new[] { main.LegOf(dn), consultation.LegOf(dn) }.OfType<PhoneLeg>().Distinct().ToArray();
        board.Publish(batch =>
        {
            if (transfer) board.Merges.Transfer(main.Call, consultation.Call, dn, batch);
            else board.Merges.Confer(main.Call, consultation.Call, dn, batch);
            if (transfer) board.Ending.AfterCallWork([dn], batch);
        });
        board.Recorder.Reconcile(consultation);
        foreach (var leg in consultation.Legs.ToArray())
        {
            leg.Leave(consultation);
            if (leg.Dn == dn) continue;
            leg.Seat(main);
            leg.Active = main;
        }

        board.Forget(consultation);
        board.Recorder.Reconcile(main);
        foreach (var leg in leaving)
        {
            if (transfer) leg.Leave(main);
            else if (main.Legs.Contains(leg)) leg.Active = main;
            if (leg.Seats.Count == 0) leg.Hangup();
        }

        board.Ending.CleanUp(main);
    }

    private LiveCall Begin(LiveCall main, PhoneLeg leg, RouteFacts route)
    {
        var seed = new CallSeed(CallType.Consult, leg.Dn, route.Dialled, main.Call.ConnId) { Trunk = route.Trunk };
        LiveCall live = null!;
        board.Publish(batch => live = board.Open(
            board.Model.Begin(seed, board.NewParty(route, true, PartyState.Dialing), batch)));
        live.Main = main;
        live.Mcp = main.Mcp;
        leg.Seat(live);
        leg.Active = live;
        return live;
    }

    private async Task ConsultAsync(LiveCall live, PhoneLeg leg, McpLeg media, RingPlan plan, RouteFacts route)
    {
        board.Tones.Play(media, Tones.Ringback);
        var joined = await board.Joining.RingAsync(live, plan, route, null, CallState.Ok, leg);
        if (live.IsOver)
        {
            joined.Leg?.Hangup();
            return;
        }

        board.Tones.Stop(media);
        if (joined.Leg is null)
        {
            board.Publish(batch => board.Model.Fail(live.Call, joined.Party, joined.State, joined.Reason, batch));
            board.Ending.CleanUp(live);
            return;
        }

        // The conference of the consultation exists since its first leg; the consulting phone enters it now.
        var moves = media.Move(live.ConferenceId);
        if (moves.Length > 0) await media.ControlAsync(moves);
        if (live.IsOver) return;
        board.Publish(batch => CallModel.Establish(live.Call, joined.Party, batch));
        board.Recorder.Reconcile(live);
    }

    private void End(LiveCall consultation, string first, CallState state, string? reason)
    {
        var dns = consultation.Legs.Select(leg => leg.Dn).ToArray();
        board.Publish(batch =>
        {
            board.Model.End(consultation.Call, consultation.Call.Find(first), state, reason, batch);
            board.Ending.AfterCallWork(dns, batch);
        });
        board.Ending.CleanUp(consultation);
    }

    /// <summary>Tells which is the held call and which the consultation about it.</summary>
    private (LiveCall? Main, LiveCall? Consultation) Pair(LiveCall one, LiveCall? other, string dn)
    {
        if (other is not null)
            return one.Main == other || (other.Main != one && other.Call.Find(dn) is { State: PartyState.Held })
                ? (other, one)
                : (one, other);
        if (one.Main is { IsOver: false } main) return (main, one);
        var consultation = board.Live.FirstOrDefault(live => live.Main == one && live.Call.Find(dn) is not null);
        return (one, consultation);
    }
}
