using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>One leg's SIP dialog and its media. Events are worked off one after the other.</summary>
internal sealed class LegSession
{
    private readonly LegControl _control;
    private readonly InviteSession _session;
    private readonly LegNegotiator _negotiator;
    private readonly WorkInOrder _work;
    private MediaLeg? _leg;
    private bool _awaitsAnswer;

    /// <param name="secure">The peer takes nothing but SRTP.</param>
    public LegSession(LegControl control, InviteSession session, string conferenceId, string dn, bool secure)
    {
        (_control, _session, ConferenceId, Dn) = (control, session, conferenceId, dn);
        _negotiator = new LegNegotiator(control, secure);
        _work = new WorkInOrder(FailAsync);
    }

    /// <summary>Our tag; MSML knows the leg as <c>conn:ID</c>.</summary>
    public string Id => _session.LocalTag;

    public string Dn { get; }

    /// <summary>The conference it was invited into; MSML may have moved it since.</summary>
    public string ConferenceId { get; }

    public bool IsOver => _session.State == InviteSessionState.Ended;

    public void Begin()
    {
        _session.OnEvent = (_, happened) => _work.Enqueue(() => HandleAsync(happened));
        _work.Enqueue(AcceptAsync);
    }

    /// <summary>Sends MSML on this dialog. Never faults; a lost dialog shows itself by its own end.</summary>
    public void Send(MsmlDocument document) =>
        _ = _session.RequestAsync(SipMethods.Info, MsmlDocument.MediaType, document.ToString());

    public void Hangup() => _session.End();

    private Task FailAsync(Exception failure)
    {
        ControlLog.LegFailed(_control.Log, failure, Id, Dn);
        _session.End();
        return CloseAsync();
    }

    private async Task AcceptAsync()
    {
        _leg = await _control.Engine.RunAsync(_ => _control.Engine.AddLeg(Id, Dn));
        if (_leg is null)
        {
            ControlLog.NoPort(_control.Log);
            _session.Reject(503, "No Media Port");
            _control.Forget(this);
            return;
        }
        if (await AnswerAsync(_session.Invite) is { } sdp)
        {
            _session.Accept(sdp);
            return;
        }
        _session.Reject(488, "Not Acceptable Here");
        await CloseAsync();
    }

    private Task HandleAsync(SessionEvent happened) => happened switch
    {
        SessionEvent.Acknowledged { Ack: var ack } => TakeAnswerAsync(ack),
        SessionEvent.ReInvite { Offer: var offer } => ReInviteAsync(offer),
        SessionEvent.Request { Transaction: var transaction } => RequestAsync(transaction),
        SessionEvent.Cancelled or SessionEvent.Ended => CloseAsync(),
        _ => Task.CompletedTask,
    };

    private async Task ReInviteAsync(IncomingReInvite offer)
    {
        if (await AnswerAsync(offer.Request) is { } sdp)
            offer.Accept(sdp);
        else
            offer.Reject(488, "Not Acceptable Here");
    }

    private async Task RequestAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Info && request.ContentType == MsmlDocument.MediaType)
        {
            await _control.Msml.HandleAsync(this, transaction);
        }
        else if (request.Method == SipMethods.Update)
        {
            var response = transaction.CreateResponse(200);
            if (!request.Body.IsEmpty)
            {
                if (await AnswerAsync(request) is not { } sdp)
                {
                    transaction.Respond(488, "Not Acceptable Here");
                    return;
                }
                response.SetBody(SdpSession.MediaType, sdp);
            }
            transaction.Respond(response);
        }
        else
        {
            transaction.Respond(request.Method == SipMethods.Options ? 200 : 501);
        }
    }

    /// <summary>Our answer to the request's offer, or our offer when it has none; null when nothing is in common.</summary>
    private async Task<string?> AnswerAsync(SipRequest request)
    {
        if (request.Body.IsEmpty)
        {
            _awaitsAnswer = true;
            return await _negotiator.OfferAsync(_leg!, ConferenceId);
        }
        _awaitsAnswer = false;
        if (!SdpSession.TryParse(request.Body.Span, out var offer)
            || await _negotiator.AnswerAsync(_leg!, ConferenceId, offer) is not { } agreed)
            return null;
        await ApplyAsync(agreed.Media);
        return agreed.Sdp;
    }

    private async Task TakeAnswerAsync(SipRequest ack)
    {
        if (!_awaitsAnswer)
            return;
        _awaitsAnswer = false;
        if (SdpSession.TryParse(ack.Body.Span, out var answer) && _negotiator.Read(answer) is { } media)
            await ApplyAsync(media);
        else
            _session.Bye();
    }

    private async Task ApplyAsync(LegMedia media)
    {
        await _control.Engine.RunAsync(nowUs =>
        {
            var first = _leg!.Media is null;
            var newTrack = _leg.Apply(media, nowUs);
            if (first)
                _control.Engine.Conference(ConferenceId).Join(_leg, nowUs);
            else
                _leg.Conference?.Changed(_leg, newTrack, nowUs);
            return 0;
        });
        ControlLog.LegAgreed(_control.Log, Id, Dn, ConferenceId, media.Codec.Name, media.Remote.ToString());
    }

    private async Task CloseAsync()
    {
        _control.Forget(this);
        if (_leg is not { } leg)
            return;
        _leg = null;
        await _control.Engine.RunAsync(nowUs =>
        {
            _control.Engine.RemoveLeg(leg, nowUs);
            return 0;
        });
        ControlLog.LegEnded(_control.Log, Id, Dn, leg.Received, leg.Output.Packets);
    }
}
