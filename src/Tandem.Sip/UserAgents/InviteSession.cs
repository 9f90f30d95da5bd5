using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Authentication;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

/// <summary>
/// One INVITE session from either side: call set-up, re-INVITE, requests inside the dialog, end. Built for third-party call control:
/// INVITE without offer, ACK delayed and with the answer. Calls are thread-safe and return at once; what happens comes as
/// <see cref="SessionEvent"/>.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The semaphore's handle is never asked for.")]
public sealed partial class InviteSession
{
    private readonly Lock _lock = new();
    private readonly Queue<SessionEvent> _events = new();
    private readonly Dictionary<uint, UnacknowledgedSuccess> _unacknowledged = [];
    private readonly DigestCredentials? _credentials;
    private bool _draining;
    private bool _over;
    private bool _byeWanted;

    /// <summary>The agent it belongs to.</summary>
    public UserAgent Agent { get; }

    /// <summary>True when we sent the INVITE.</summary>
    public bool IsOutgoing { get; }

    /// <summary>The first INVITE, sent (its last form, with credentials) or received.</summary>
    public SipRequest Invite { get; private set; }

    /// <summary>The dialog: null until a response with a To tag went or came.</summary>
    public Dialog? Dialog { get; private set; }

    /// <summary>Where it stands.</summary>
    public InviteSessionState State { get; private set; } = InviteSessionState.Inviting;

    /// <summary>Where the INVITE came from; null for an outgoing session.</summary>
    public SipSource? Source => _incoming?.Source;

    /// <summary>Call-ID.</summary>
    public string CallId => Invite.CallId;

    /// <summary>Our tag: From of an outgoing, To of an incoming session.</summary>
    public string LocalTag { get; }

    /// <summary>The peer's tag, or null before it is known.</summary>
    public string? RemoteTag => Dialog?.RemoteTag ?? (IsOutgoing ? null : Invite.FromTag);

    /// <summary>
    /// The handler. Given to <see cref="UserAgent.Invite"/> or set inside <see cref="UserAgent.OnInvite"/>; may be replaced later. An
    /// exception from it ends nothing; it is reported to the observer.
    /// </summary>
    public Action<InviteSession, SessionEvent>? OnEvent { get; set; }

    /// <summary>Anything the application wants to keep with the session.</summary>
    public object? AppState { get; set; }

    /// <summary>Ends it whatever its state: Cancel, Reject (480) or Bye.</summary>
    public void End()
    {
        if (State is InviteSessionState.Answered or InviteSessionState.Confirmed) Bye();
        else if (IsOutgoing) Cancel();
        else Reject(480);
    }

    private SipEndpoint Endpoint => Agent.Endpoint;

    private SipDestination? FlowOf(Dialog dialog) => dialog.RouteSet.Count == 0 ? dialog.Flow : null;

    /// <summary>Queues an event and, unless another thread is at it, hands out all that wait.</summary>
    private void Raise(SessionEvent happened)
    {
        lock (_events)
        {
            _events.Enqueue(happened);
            if (_draining) return;
            _draining = true;
        }
        while (true)
        {
            SessionEvent? next;
            lock (_events)
            {
                if (!_events.TryDequeue(out next))
                {
                    _draining = false;
                    return;
                }
            }
            Hand(next);
        }
    }

    private void Hand(SessionEvent happened)
    {
        try
        {
            if (OnEvent is { } handler) handler(this, happened);
            else if (happened is SessionEvent.Request request) Agent.RejectUnhandled(request.Transaction);
            else if (happened is SessionEvent.ReInvite offer) offer.Offer.Reject(488);
        }
        catch (Exception e)
        {
            Endpoint.Observer?.Failed(e, "handling " + happened.GetType().Name);
            if (happened is SessionEvent.Request request) request.Transaction.Respond(500);
            else if (happened is SessionEvent.ReInvite offer) offer.Offer.Reject(500);
        }
    }

    /// <summary>Marks the end; false when it was over before.</summary>
    private bool TryFinish()
    {
        lock (_lock)
        {
            if (_over) return false;
            _over = true;
            State = InviteSessionState.Ended;
            foreach (var waiting in _unacknowledged.Values) waiting.Stop();
            _unacknowledged.Clear();
            _reliable?.Stop();
            _timer?.Stop();
        }
        Dialog?.Terminate();
        // A late 2xx of another branch must still be acknowledged and ended.
        if (_early.Count <= 1) _outgoing?.Settle();
        _confirmed.TrySetResult(false);
        Agent.Remove(this);
        return true;
    }

    private static void AddHeaders(SipMessage message, ReadOnlySpan<(string Name, string Value)> headers)
    {
        foreach (var (name, value) in headers) message.Headers.Add(name, value);
    }

    private static void SetSdp(SipMessage message, string? sdp)
    {
        if (sdp is not null) message.SetBody(SdpSession.MediaType, sdp);
    }

    private void AddCapabilities(SipMessage message, SipDestination? towards, string? contact = null)
    {
        message.Headers.Add(HeaderNames.Contact, contact ?? _contact ?? Agent.ContactTowards(towards));
        message.Headers.Add(HeaderNames.Allow, Agent.AllowText);
        if (message is SipResponse && Agent.Options.Product is { } product) message.Headers.Add(HeaderNames.Server, product);
    }
}
