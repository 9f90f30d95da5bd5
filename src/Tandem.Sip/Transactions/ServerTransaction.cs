using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

/// <summary>
/// A received request and the way to answer it (RFC 3261 §17.2, RFC 6026). Retransmissions are absorbed here. Every request
/// handed out must be answered; a 100 is sent for an INVITE by itself after 200 ms.
/// </summary>
public sealed class ServerTransaction
{
    private static readonly TimeSpan TryingAfter = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly SipEndpoint _endpoint;
    private readonly TransactionTimers _timers;
    private readonly TransactionKind _kind;
    private TransactionState _state;
    private byte[]? _last;
    private ITimer? _trying;
    private Action<SipRequest>? _onCancel;
    private SipRequest? _cancel;

    internal ServerTransaction(SipEndpoint endpoint, SipRequest request, SipSource source, TransactionKey key, SipDestination responseRoute)
    {
        Key = key;
        ResponseRoute = responseRoute;
        _endpoint = endpoint;
        Request = request;
        Source = source;
        LocalTag = request.ToTag ?? SipEndpoint.NewTag();
        _kind = request.Method == SipMethods.Invite ? TransactionKind.InviteServer : TransactionKind.Server;
        _timers = new TransactionTimers(endpoint.Time, input => Step(input, null));
        if (_kind == TransactionKind.InviteServer)
            _trying = endpoint.Time.CreateTimer(static s => ((ServerTransaction)s!).SendTrying(), this, TryingAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The request.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it came from.</summary>
    public SipSource Source { get; }

    /// <summary>The To tag that this side gives in its responses; the request's own To tag inside a dialog.</summary>
    public string LocalTag { get; }

    /// <summary>True once a final response was given.</summary>
    public bool IsAnswered
    {
        get
        {
            lock (_lock) return _state >= TransactionState.Completed;
        }
    }

    /// <summary>INVITE only: called once when a CANCEL comes before a final response; the CANCEL is already answered, the INVITE must still be (487).</summary>
    public Action<SipRequest>? OnCancel
    {
        get => _onCancel;
        set
        {
            SipRequest? missed;
            lock (_lock)
            {
                _onCancel = value;
                missed = _cancel;
                if (value is not null) _cancel = null;
            }
            if (missed is not null) value?.Invoke(missed);
        }
    }

    /// <summary>A response with Via, From, To (tagged), Call-ID, CSeq, Record-Route filled in.</summary>
    public SipResponse CreateResponse(int statusCode, string? reason = null) => SipResponse.Create(Request, statusCode, reason, LocalTag);

    /// <summary>Makes and sends a response without a body.</summary>
    /// <returns>False when it was dropped because a final response was given before.</returns>
    public bool Respond(int statusCode, string? reason = null) => Respond(CreateResponse(statusCode, reason));

    /// <summary>Sends a response. A second final response, and any after it, is dropped (but a 2xx to INVITE may be repeated).</summary>
    /// <returns>False when it was dropped.</returns>
    public bool Respond(SipResponse response)
    {
        var input = response.IsProvisional ? TransactionInput.Provisional : response.IsSuccess ? TransactionInput.Success : TransactionInput.Failure;
        return (Step(input, response) & TransactionEffect.Send) != 0;
    }

    /// <summary>
    /// Sends a final response once and forgets the request: a challenge to somebody unknown is neither repeated nor remembered, so that a
    /// flood with forged senders costs no memory and is not multiplied (RFC 3261 §26.3.2.4). A repeated request gets a new one.
    /// </summary>
    public void RespondStateless(SipResponse response)
    {
        lock (_lock)
        {
            if (_state >= TransactionState.Completed) return;
            _endpoint.NoteAnswered(this);
            _onCancel = null;
        }
        Stop();
        _endpoint.Transmit(this, response.ToBytes(), response);
        _endpoint.Forget(this);
    }

    internal TransactionKey Key { get; }

    /// <summary>Where responses go.</summary>
    internal SipDestination ResponseRoute { get; }

    internal bool IsReliable => Source.Transport != SipTransport.Udp;

    /// <summary>The same request came again.</summary>
    internal void Repeat() => Step(TransactionInput.Repeat, null);

    /// <summary>The 2xx to INVITE has been acknowledged: nothing is left but to take repeats of the INVITE.</summary>
    internal void Settle()
    {
        lock (_lock)
        {
            if (_state != TransactionState.Accepted) return;
            _state = TransactionState.Terminated;
            _timers.Release();
        }
        _endpoint.Spend(this, null, _endpoint.Options.Timers.Timeout);
    }

    /// <summary>An ACK of this transaction; true when it belongs to the user (2xx).</summary>
    internal bool Acknowledge() => (Step(TransactionInput.Ack, null) & TransactionEffect.Deliver) != 0;

    internal void Cancel(SipRequest cancel)
    {
        Action<SipRequest>? handler;
        lock (_lock)
        {
            if (_state >= TransactionState.Completed) return;
            handler = _onCancel;
            if (handler is null) _cancel = cancel;
        }
        handler?.Invoke(cancel);
    }

    internal void Stop()
    {
        lock (_lock)
        {
            _state = TransactionState.Terminated;
            _timers.Release();
            _trying?.Dispose();
        }
    }

    private void SendTrying()
    {
        lock (_lock)
        {
            if (_state != TransactionState.Trying) return;
        }
        Respond(CreateResponse(100));
    }

    private TransactionEffect Step(TransactionInput input, SipResponse? response)
    {
        TransactionEffect effects;
        byte[]? bytes = null;
        var spent = false;
        lock (_lock)
        {
            (var next, effects) = TransactionMachine.Step(_kind, _state, input);
            if (next >= TransactionState.Proceeding && _state == TransactionState.Trying)
            {
                _trying?.Dispose();
                _trying = null;
            }
            if (next >= TransactionState.Completed && _state < TransactionState.Completed) _endpoint.NoteAnswered(this);
            _state = next;
            ApplyTimers(effects);
            if ((effects & TransactionEffect.Send) != 0) bytes = response!.ToBytes();
            else if ((effects & TransactionEffect.Resend) != 0) bytes = _last;
            if (_state >= TransactionState.Completed) _onCancel = null;
            // A 2xx to INVITE is repeated by the user, not from here.
            if (_state == TransactionState.Accepted) _last = null;
            else if (bytes is not null) _last = bytes;
            if (_state == TransactionState.Confirmed) _last = null;
            spent = (effects & TransactionEffect.StartLinger) != 0 && _state is TransactionState.Completed or TransactionState.Confirmed;
            if (spent) _timers.Release();
        }
        if (bytes is not null) _endpoint.Transmit(this, bytes, response);
        if (spent) _endpoint.Spend(this, _last, _last is null ? _endpoint.Options.Timers.T4 : _endpoint.Options.Timers.Timeout);
        else if (_state == TransactionState.Terminated) _endpoint.Forget(this);
        return effects;
    }

    private void ApplyTimers(TransactionEffect effects)
    {
        var timers = _endpoint.Options.Timers;
        if ((effects & TransactionEffect.StartRetransmit) != 0 && !IsReliable) _timers.StartRetransmit(timers.T1);
        if ((effects & TransactionEffect.NextRetransmit) != 0) _timers.NextRetransmit(timers.T2);
        if ((effects & TransactionEffect.StopRetransmit) != 0) _timers.StopRetransmit();
        if ((effects & TransactionEffect.StartTimeout) != 0) _timers.StartEnd(TransactionInput.TimeoutTimer, timers.Timeout);
        if ((effects & TransactionEffect.StartLinger) != 0)
        {
            if (_state == TransactionState.Accepted) _timers.StartEnd(TransactionInput.LingerTimer, timers.Timeout);
            else if (IsReliable) _state = TransactionState.Terminated;
        }
        if (_state == TransactionState.Terminated) _timers.Release();
    }
}
