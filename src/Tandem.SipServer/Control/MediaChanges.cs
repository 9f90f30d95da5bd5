using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Control;

/// <summary>Phones that change their media: hold in all its forms, new codecs or addresses, offerless re-INVITE.</summary>
internal sealed class MediaChanges(Switchboard board)
{
    /// <summary>Answers that wait for the ACK of an offer of ours, by dialog.</summary>
    private readonly Dictionary<PhoneLeg, Action<string>> _waiting = [];

    public async Task ReInviteAsync(PhoneLeg leg, IncomingReInvite offer)
    {
        if (offer.Request.Body.Length == 0)
        {
            await OfferAsync(leg, offer);
            return;
        }

        var (answer, status) = await AnswerAsync(leg, offer.Request.BodyText);
        if (answer is null)
        {
            offer.Reject(status);
            return;
        }

        offer.Accept(answer);
        Held(leg, offer.Request.BodyText);
    }

    public async Task UpdateAsync(PhoneLeg leg, ServerTransaction update)
    {
        var (answer, status) = await AnswerAsync(leg, update.Request.BodyText);
        if (answer is null)
        {
            update.Respond(status);
            return;
        }

        var response = update.CreateResponse(200);
        response.SetBody(SdpSession.MediaType, answer);
        update.Respond(response);
        Held(leg, update.Request.BodyText);
    }

    /// <summary>The ACK to a 2xx in which we made the offer brings the phone's answer.</summary>
    public void Acknowledged(PhoneLeg leg, SipRequest ack)
    {
        if (ack.Body.Length == 0) return;
        leg.Description = ack.BodyText;
        if (_waiting.Remove(leg, out var answer))
        {
            answer(ack.BodyText);
            return;
        }

        // The first INVITE had no offer.
        if (leg.Mcp is { } media) board.Loop.Start(() => media.ChangeAsync(ack.BodyText));
        else if (Peer(leg) is { } peer) peer.Session.Ack(peer.Sdp.Own(ack.BodyText));
    }

    private static PhoneLeg? Peer(PhoneLeg leg) =>
        leg.Active?.Legs.Find(other => other != leg && !other.IsOver && other.Active == leg.Active);

    /// <summary>Our answer to a phone's new description; null and the status to refuse with when the other side refuses it:
    /// 491 when both phones change at once, so that each tries again (RFC 3261 section 14.1).</summary>
    private static async Task<(string? Answer, int Status)> AnswerAsync(PhoneLeg leg, string offer)
    {
        var old = leg.Description;
        leg.Description = offer;
        if (leg.Mcp is { } media)
        {
            var answer = await media.ChangeAsync(offer);
            if (answer is null) leg.Description = old;
            return (leg.Sdp.Own(answer), 488);
        }

        if (Peer(leg) is not { } peer) return (leg.Sdp.Own(LegSdp.Inactive(offer)), 200);
        var response = await peer.Session.PassReInviteAsync(peer.Sdp.Own(offer));
        if (!response.IsAccepted)
        {
            leg.Description = old;
            return (null, response.Response.StatusCode == 491 ? 491 : 488);
        }

        peer.Description = response.Response.BodyText;
        return (leg.Sdp.Own(peer.Description), 200);
    }

    private async Task OfferAsync(PhoneLeg leg, IncomingReInvite request)
    {
        if (leg.Mcp is { } media)
        {
            if (await media.AskOfferAsync() is not { } asked)
            {
                request.Reject(488);
                return;
            }

            _waiting[leg] = asked.Answer;
            request.Accept(leg.Sdp.Own(asked.Offer));
            return;
        }

        if (Peer(leg) is not { } peer)
        {
            request.Reject(488);
            return;
        }

        var answer = await peer.Session.PassReInviteAsync(null);
        if (!answer.IsAccepted)
        {
            request.Reject(answer.Response.StatusCode == 491 ? 491 : 488);
            return;
        }

        _waiting[leg] = description => answer.Ack(peer.Sdp.Own(description));
        request.Accept(leg.Sdp.Own(answer.Response.BodyText));
    }

    /// <summary>Tells whether the phone's new description holds or retrieves its call.</summary>
    private void Held(PhoneLeg leg, string description)
    {
        if (leg.Active is not { } live || live.Call.Find(leg.Dn) is not { } party) return;
        var hold = LegSdp.IsHold(description);
        if (hold == party.State is PartyState.Held) return;
        board.Publish(batch =>
        {
            if (hold) CallModel.Hold(live.Call, party, batch);
            else CallModel.Retrieve(live.Call, party, batch);
        });
    }
}
