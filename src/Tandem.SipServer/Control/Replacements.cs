using Tandem.Sip.Headers;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>INVITE with Replaces (RFC 3891): another phone of a DN takes over the DN's call. To clients nothing changes, for
/// the DN stays in its call. A DN takes over its own calls only.</summary>
internal sealed class Replacements(Switchboard board)
{
    public async Task TakeOverAsync(IncomingInvite incoming, string value)
    {
        var (old, status) = Find(incoming, value);
        if (old is null)
        {
            incoming.Session.Reject(status);
            return;
        }

        var live = old.Active!;
        var leg = new PhoneLeg(incoming.Caller, true, incoming.Session, board.Advertise) { Description = incoming.Offer };
        var answer = live.IsAnchored ? await OnMcpAsync(live, leg, incoming.Offer) : await DirectlyAsync(live, old, leg, incoming.Offer);
        if (answer is null || live.IsOver || old.IsOver || leg.Session.State is InviteSessionState.Ended)
        {
            leg.Hangup();
            return;
        }

        leg.Seat(live);
        board.Legs.Attach(leg);
        leg.Session.Accept(answer);
        old.Leave(live);
        if (old.Seats.Count == 0) old.Hangup();
        if (live.Call.Find(leg.Dn) is { State: PartyState.Held } held)
            board.Publish(batch => CallModel.Retrieve(live.Call, held, batch));
    }

    /// <summary>The dialog it names; 481 when there is none (section 3), 403 when it is not his, 486 when only a
    /// ringing one was meant.</summary>
    private (PhoneLeg? Leg, int Status) Find(IncomingInvite incoming, string value)
    {
        if (!ReplacesHeader.TryParse(value, out var named)) return (null, 400);
        var old = board.Live.SelectMany(live => live.Legs).FirstOrDefault(leg =>
            leg.Session.CallId == named.CallId && leg.Session.LocalTag == named.ToTag && leg.Session.RemoteTag == named.FromTag);
        if (old?.Active is null) return (null, 481);
        if (old.Dn != incoming.Caller) return (null, 403);
        return named.EarlyOnly ? (null, 486) : (old, 200);
    }

    private async Task<string?> OnMcpAsync(LiveCall live, PhoneLeg leg, string? offer)
    {
        var media = await board.Anchor.OpenAsync(live, leg.Dn, offer);
        if (media is null) return null;
        board.Anchor.Bind(leg, media);
        return leg.Sdp.Own(media.Description);
    }

    private static async Task<string?> DirectlyAsync(LiveCall live, PhoneLeg old, PhoneLeg leg, string? offer)
    {
        if (offer is null || live.Legs.Find(one => one != old) is not { } peer) return null;
        var answer = await peer.Session.ReInviteAsync(peer.Sdp.Own(offer));
        if (!answer.IsAccepted) return null;
        peer.Description = answer.Response.BodyText;
        return leg.Sdp.Own(peer.Description);
    }
}
