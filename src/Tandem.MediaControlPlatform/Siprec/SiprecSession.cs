using Tandem.MediaControlPlatform.Control;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>The dialog of one recording session. Events are worked off one after the other.</summary>
internal sealed class SiprecSession
{
    private readonly SiprecControl _control;
    private readonly InviteSession _session;
    private readonly SiprecRecording _recording;
    private readonly SiprecMedia _media;
    private readonly WorkInOrder _work;
    private SiprecBody _body = new();
    private bool _lacksSnapshot;

    public SiprecSession(SiprecControl control, InviteSession session)
    {
        (_control, _session) = (control, session);
        _media = new SiprecMedia(control, session.LocalTag);
        _recording = new SiprecRecording(control, _media);
        _work = new WorkInOrder(FailAsync);
        // The feature tag by which a client knows a recording server (RFC 7866 §6.1.2).
        session.Contact = session.Agent.ContactTowards(session.Source?.ToDestination()) + ";+sip.srs";
    }

    public void Begin()
    {
        _session.OnEvent = (_, happened) => _work.Enqueue(() => HandleAsync(happened));
        _work.Enqueue(AcceptAsync);
    }

    public void Hangup() => _session.End();

    private Task FailAsync(Exception failure)
    {
        ControlLog.LegFailed(_control.Log, failure, _session.LocalTag, "siprec");
        _session.End();
        return CloseAsync();
    }

    private Task HandleAsync(SessionEvent happened) => happened switch
    {
        SessionEvent.ReInvite { Offer: var offer } => ReInviteAsync(offer),
        SessionEvent.Acknowledged => AskForSnapshotAsync(),
        SessionEvent.Request { Transaction: var transaction } => RequestAsync(transaction),
        SessionEvent.Cancelled or SessionEvent.Ended => CloseAsync(),
        _ => Task.CompletedTask,
    };

    private async Task AcceptAsync()
    {
        if (await UpdateAsync(_session.Invite) is not { } sdp)
        {
            _session.Reject(488, "Not Acceptable Here");
            await CloseAsync();
            return;
        }
        _session.Accept(sdp);
        var named = SiprecCall.Of(_body.Metadata, _session.CallId);
        await _control.Engine.RunAsync(nowUs =>
        {
            _recording.Begin(named, _body, nowUs);
            return 0;
        });
    }

    private async Task ReInviteAsync(IncomingReInvite offer)
    {
        // Without a description it asks for ours, and metadata may come alone.
        if ((await UpdateAsync(offer.Request) ?? (HasSdp(offer.Request) ? null : _media.Answered)) is { } sdp)
            offer.Accept(sdp);
        else
            offer.Reject(488, "Not Acceptable Here");
    }

    private async Task RequestAsync(ServerTransaction transaction)
    {
        if (transaction.Request.Method != SipMethods.Update)
        {
            transaction.Respond(transaction.Request.Method is SipMethods.Options or SipMethods.Info ? 200 : 501);
            return;
        }
        var response = transaction.CreateResponse(200);
        if (await UpdateAsync(transaction.Request) is { } sdp)
            response.SetBody(SdpSession.MediaType, sdp);
        transaction.Respond(response);
        await AskForSnapshotAsync();
    }

    /// <summary>Changes of what we never had tell us little: the whole is asked for (RFC 7866 §9.2). Only of a client that
    /// knows UPDATE, for one that does not answer would lose us the session.</summary>
    private async Task AskForSnapshotAsync()
    {
        if (!_lacksSnapshot || !_session.Invite.HasOption(HeaderNames.Allow, SipMethods.Update))
            return;
        _lacksSnapshot = false;
        await _session.RequestAsync(
            SipMethods.Update, SiprecBody.MetadataType, SnapshotRequest.Write("Partial metadata came before any that is complete."),
            (HeaderNames.ContentDisposition, "recording-session"));
    }

    private static bool HasSdp(SipRequest request) => SiprecBody.TryParse(request, out var body) && body.Sdp is not null;

    /// <summary>Takes what a request says of media and of parties.</summary>
    /// <returns>The answer to its offer; null when it has none, or none that can be taken.</returns>
    private async Task<string?> UpdateAsync(SipRequest request)
    {
        if (!SiprecBody.TryParse(request, out var update))
            return null;
        var before = _body.Metadata;
        _lacksSnapshot |= before is null && update.Metadata is { IsComplete: false };
        _body = _body.With(update);
        return await _control.Engine.RunAsync(nowUs =>
        {
            var answer = update.Sdp is null ? null : _media.Answer(_body, nowUs);
            if (_body.Sdp is not null)
                _recording.Update(_body, before, nowUs);
            return answer;
        });
    }

    private async Task CloseAsync()
    {
        _control.Forget(_session.LocalTag);
        await _control.Engine.RunAsync(nowUs =>
        {
            _media.Close(nowUs);
            _recording.End(nowUs);
            return 0;
        });
    }
}
