using Tandem.Media.Codecs;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;

namespace Tandem.Lab.Phones;

/// <summary>One call of a simulated phone: signalling and its audio.</summary>
public sealed class PhoneCall : IAsyncDisposable
{
    private readonly TaskCompletionSource _ringing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _talking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _sdpId = Random.Shared.NextInt64(1, int.MaxValue);
    private InviteSession _session = null!;
    private SdpDirection _wanted = SdpDirection.SendRecv;
    private long _sdpVersion;

    private PhoneCall(PhoneMedia media) => Media = media;

    public PhoneMedia Media { get; }

    /// <summary>An outgoing call: when the other end rings or answers.</summary>
    public Task Ringing => _ringing.Task;

    /// <summary>When it is answered and acknowledged; faults when the call is refused.</summary>
    public Task Talking => _talking.Task;

    /// <summary>When it is over, whoever ended it.</summary>
    public Task Over => _over.Task;

    internal static PhoneCall Dial(UserAgent agent, OutgoingInvite invite, PhoneMedia media)
    {
        var call = new PhoneCall(media);
        call._session = agent.Invite(invite with { Sdp = call.Offer() }, call.OnEvent);
        return call;
    }

    internal static PhoneCall Receive(InviteSession session, PhoneMedia media)
    {
        var call = new PhoneCall(media) { _session = session };
        session.OnEvent = call.OnEvent;
        session.Ring(180, null, ("Allow-Events", "talk"));
        call._ringing.TrySetResult();
        return call;
    }

    /// <summary>Picks up an incoming call.</summary>
    public async Task AnswerAsync(CancellationToken stop)
    {
        Pick();
        await Talking.WaitAsync(TimeSpan.FromSeconds(10), stop);
    }

    private void Pick()
    {
        if (_session.State != InviteSessionState.Inviting)
            return;
        if (AnswerTo(_session.Invite) is { } sdp)
            _session.Accept(sdp);
        else
            _session.Reject(488);
    }

    /// <summary>Refuses an incoming call: 486 busy, 603 declined.</summary>
    public void Refuse(int status) => _session.Reject(status);

    /// <summary>Hangs up, or gives up dialling.</summary>
    public async Task HangUpAsync(CancellationToken stop)
    {
        _session.End();
        await Over.WaitAsync(TimeSpan.FromSeconds(10), stop);
    }

    /// <summary>The phone's own hold key: re-INVITE.</summary>
    public async Task HoldAsync(bool hold)
    {
        _wanted = hold ? SdpDirection.SendOnly : SdpDirection.SendRecv;
        var answer = await _session.ReInviteAsync(Offer());
        if (!answer.IsAccepted)
            throw new LabException($"hold was refused: {answer.Response.StatusCode} {answer.Response.ReasonPhrase}");
        Apply(answer.Response);
    }

    /// <summary>The phone's own transfer key: REFER to a number (RFC 3515).</summary>
    public async Task ReferAsync(SipUri target)
    {
        var reply = await _session.RequestAsync(SipMethods.Refer, null, null, ("Refer-To", $"<{target}>"));
        if (!reply.IsSuccess)
            throw new LabException($"REFER was refused: {reply.StatusCode} {reply.ReasonPhrase}");
    }

    private void OnEvent(InviteSession session, SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.Provisional { Response.StatusCode: >= 180 }:
                _ringing.TrySetResult();
                break;
            case SessionEvent.Answered answered:
                _ringing.TrySetResult();
                Apply(answered.Response);
                _talking.TrySetResult();
                break;
            case SessionEvent.Acknowledged acknowledged:
                Apply(acknowledged.Ack);
                _talking.TrySetResult();
                break;
            case SessionEvent.ReInvite reinvite:
                reinvite.Offer.Accept(AnswerTo(reinvite.Offer.Request));
                break;
            case SessionEvent.Request request:
                Serve(request.Transaction);
                break;
            case SessionEvent.Failed failed:
                Finish($"refused: {failed.Response.StatusCode} {failed.Response.ReasonPhrase}");
                break;
            case SessionEvent.Cancelled:
                Finish("cancelled");
                break;
            case SessionEvent.Ended ended:
                Finish($"ended: {ended.Cause}");
                break;
        }
    }

    private void Serve(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Update && AnswerTo(request) is { } sdp)
        {
            var reply = transaction.CreateResponse(200);
            reply.SetBody(SdpSession.MediaType, sdp);
            transaction.Respond(reply);
            return;
        }
        transaction.Respond(200);
        // A desktop answers by telling the phone (RFC draft of "talk" and "hold" events that telephones follow).
        if (request.Method == SipMethods.Notify && request.Headers["Event"]?.Trim() == "talk")
            Pick();
    }

    /// <summary>Our answer to the message's offer, or our offer when it has none; null when no codec is common.</summary>
    private string? AnswerTo(SipMessage message)
    {
        if (message.Body.IsEmpty || !SdpSession.TryParse(message.Body.Span, out var offer))
            return Offer();
        if (SdpNegotiation.Answer(offer, Capabilities()) is not { } answer)
            return null;
        Direct(offer, answer.Direction);
        return answer.Session.ToString();
    }

    private void Apply(SipMessage message)
    {
        if (!message.Body.IsEmpty && SdpSession.TryParse(message.Body.Span, out var answer) && answer.Audio is { } audio)
            Direct(answer, SdpDirections.Answer(answer.DirectionOf(audio), _wanted));
    }

    private void Direct(SdpSession theirs, SdpDirection ours)
    {
        if (theirs.Audio is not { } audio || theirs.RtpEndPointOf(audio) is not { } remote)
            return;
        var law = audio.RtpMaps.FirstOrDefault(map => map.PayloadType is 0 or 8)?.PayloadType == 0 ? G711Law.Mu : G711Law.A;
        Media.Direct(remote, law, ours.Sends());
    }

    private string Offer() => SdpNegotiation.Offer(Capabilities()).ToString();

    private SdpCapabilities Capabilities() => new()
    {
        Rtp = new(System.Net.IPAddress.Loopback, Media.Port),
        Codecs = [new(8, "PCMA", G711.Rate), new(0, "PCMU", G711.Rate), new(101, "telephone-event", G711.Rate, Fmtp: "0-16")],
        Direction = _wanted,
        Origin = new("-", (ulong)_sdpId, (ulong)++_sdpVersion, "127.0.0.1"),
    };

    private void Finish(string why)
    {
        _ringing.TrySetException(new LabException($"the call is over: {why}"));
        _talking.TrySetException(new LabException($"the call is over: {why}"));
        // Nobody need be waiting for these.
        _ = _ringing.Task.Exception;
        _ = _talking.Task.Exception;
        _over.TrySetResult();
        _ = Media.DisposeAsync().AsTask();
    }

    public ValueTask DisposeAsync()
    {
        if (!Over.IsCompleted)
            _session.End();
        return Media.DisposeAsync();
    }
}
