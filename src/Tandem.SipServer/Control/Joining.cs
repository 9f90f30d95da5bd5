using Tandem.Contracts.Cti;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>Rings a further party into a call that already has a phone: for calls made by a client, transfers,
/// conferences and consultations. On MCP the new phone gets a leg in the conference; without MCP it is asked for its
/// offer, which then goes to the one phone it will talk to (RFC 3725 section 4.1).</summary>
internal sealed class Joining(Switchboard board)
{
    /// <param name="plan">Of a queue: its longest-idle Ready agent. Where he does not take the call the next one is rung, as
    /// in a plain call.</param>
    /// <param name="by">Who transfers or conferences; null in a first call.</param>
    /// <param name="peer">Without MCP: whom it will talk to.</param>
    /// <param name="alerted">Called when a phone rings.</param>
    public async Task<JoinResult> RingAsync(
        LiveCall live, RingPlan plan, RouteFacts route, string? by, CallState state, PhoneLeg peer, Action? alerted = null)
    {
        live.IsWithdrawn = false;
        var party = board.NewParty(route, false, PartyState.Ringing);
        if (board.Configuration.Dn(route.Dialled) is not { IsQueue: true } queue)
            return await RingAsync(live, plan, party, by, state, peer, alerted);
        var result = Not(party, CallState.Busy, 486, "no agent is free");
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (!live.IsOver && board.Router.To(route.Dialled, route.Source, null, tried).Plan is { } agent)
        {
            board.Queues.Offer(agent.Dn);
            party = board.NewParty(route with { Destination = agent.Dn }, false, PartyState.Ringing);
            result = await RingAsync(live, agent, party, by, state, peer, alerted);
            board.Queues.Withdraw(agent.Dn);
            if (result.Leg is not null || live.IsOver || live.IsWithdrawn) break;
            board.Queues.PassOver(live, new MissedRing(party, result.State, result.Status, result.Reason), queue);
            tried.Add(agent.Dn);
        }

        return result;
    }

    private async Task<JoinResult> RingAsync(
        LiveCall live, RingPlan plan, Party party, string? by, CallState state, PhoneLeg peer, Action? alerted)
    {
        McpLeg? media = null;
        if (live.IsAnchored)
        {
            // One who is only rung is no party yet: nobody's recording may name him.
            media = await board.Anchor.OpenAsync(live, plan.Dn, null, apart: by is not null);
            if (media is null) return Not(party, CallState.Failed, 503, live.AnchorFault ?? "no MCP");
            if (live.IsOver)
            {
                media.Close();
                return Not(party, CallState.Failed, 487, "the call is over");
            }
        }

        var sdp = new LegSdp(board.Advertise);
        (string, string)[] referred = live.ReferredBy is { } referrer && by is not null ? [(HeaderNames.ReferredBy, referrer)] : [];
        live.Ringing = RingAttempt.Start(
            board, plan with { Headers = [("X-Genesys-CallUUID", live.Call.CallUuid), .. referred] }, sdp.Own(media?.Description),
            _ =>
            {
                Alerted(live, party, by, state);
                alerted?.Invoke();
            });
        var ring = await live.Ringing.Outcome;
        live.Ringing = null;
        if (ring.Session is null || live.IsOver)
        {
            media?.Close();
            ring.Session?.End();
            return Failed(party, ring);
        }

        Alerted(live, party, by, state);
        return await AnsweredAsync(live, party, media, ring, peer, sdp);
    }

    private static JoinResult Not(Party party, CallState state, int status, string reason) =>
        new(party, null, state, status, reason);

    private static JoinResult Failed(Party party, RingResult ring)
    {
        var code = ring.Response.StatusCode is >= 400 and < 700 ? ring.Response.StatusCode : 480;
        return Not(party, ring.State, code, $"{ring.Response.StatusCode} {ring.Response.ReasonPhrase}");
    }

    private void Alerted(LiveCall live, Party party, string? by, CallState state)
    {
        if (live.IsOver || live.Call.Find(party.Dn) is not null) return;
        board.Publish(batch => board.Model.Ring(live.Call, party, by, state, batch));
    }

    private async Task<JoinResult> AnsweredAsync(
        LiveCall live, Party party, McpLeg? media, RingResult ring, PhoneLeg peer, LegSdp sdp)
    {
        var leg = new PhoneLeg(party.Dn, party.Local, ring.Session!, board.Advertise, sdp)
        {
            Description = ring.Response.BodyText,
        };
        leg.Seat(live);
        board.Legs.Attach(leg);
        if (media is not null)
        {
            board.Anchor.Bind(leg, media);
            if (await media.ChangeAsync(leg.Description) is not null) return new JoinResult(party, leg, CallState.Ok, 200, "");
        }
        else
        {
            var answer = await peer.Session.ReInviteAsync(peer.Sdp.Own(leg.Description));
            leg.Session.Ack(sdp.Own(answer.IsAccepted ? answer.Response.BodyText : LegSdp.Inactive(leg.Description)));
            if (answer.IsAccepted)
            {
                peer.Description = answer.Response.BodyText;
                return new JoinResult(party, leg, CallState.Ok, 200, "");
            }
        }

        leg.Leave(live);
        leg.Hangup();
        return Not(party, CallState.Failed, 488, "the media of the phones does not fit");
    }
}
