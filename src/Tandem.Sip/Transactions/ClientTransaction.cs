using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

/// <summary>A request sent and its responses (RFC 3261 §17.1, RFC 6026).</summary>
public sealed partial class ClientTransaction
{
    private readonly Lock _lock = new();
    private readonly SipEndpoint _endpoint;
    private readonly Action<ClientTransaction, SipResponse>? _onResponse;
    private readonly TaskCompletionSource<SipResponse> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TransactionTimers _timers;
    private readonly TransactionKind _kind;
    private TransactionState _state;
    private byte[]? _bytes;
    private bool _cancelWanted;
    private bool _cancelSent;

    internal ClientTransaction(SipEndpoint endpoint, SipRequest request, string branch, Action<ClientTransaction, SipResponse>? onResponse)
    {
        _endpoint = endpoint;
        Request = request;
        Branch = branch;
        _onResponse = onResponse;
        _kind = request.Method == SipMethods.Invite ? TransactionKind.InviteClient : TransactionKind.Client;
        _timers = new TransactionTimers(endpoint.Time, input => Step(input, null));
    }

    /// <summary>The request as sent, with its topmost Via.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it was sent; null until resolved.</summary>
    public SipDestination? Destination { get; private set; }

    /// <summary>
    /// The first final response. Never faults: a timeout gives a local 408, a transport failure a local 503
    /// (<see cref="SipResponse.IsLocal"/>).
    /// </summary>
    public Task<SipResponse> Final => _final.Task;

    /// <summary>INVITE only: CANCEL, sent when the first provisional has come; does nothing after a final response (§9.1).</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _cancelWanted = true;
            if (_state != TransactionState.Proceeding || _cancelSent || _kind != TransactionKind.InviteClient) return;
            _cancelSent = true;
        }
        SendCancel();
    }

    internal string Branch { get; private set; }

    /// <summary>Where else it may go when nobody answers (RFC 3263 §4.3); null: nowhere.</summary>
    internal Queue<SipDestination>? Alternatives { get; set; }

    internal StreamConnection? Connection { get; set; }

    internal bool IsReliable => Destination?.Transport is SipTransport.Tcp or SipTransport.Tls;

    /// <summary>Sends for the first time; the Via is complete now.</summary>
    internal void Start(SipDestination destination)
    {
        lock (_lock)
        {
            Destination = destination;
            _bytes = Request.ToBytes();
        }
        Step(TransactionInput.Start, null);
    }

    /// <summary>The message could not be sent, or the connection broke.</summary>
    internal void FailTransport() => Step(TransactionInput.TransportError, null);

    /// <summary>The session that a 2xx to INVITE began is over: repeats of it mean nothing any more.</summary>
    internal void Settle()
    {
        lock (_lock)
        {
            if (_state != TransactionState.Accepted) return;
        }
        Stop();
        _endpoint.Forget(this);
    }

    internal void Stop()
    {
        lock (_lock)
        {
            _state = TransactionState.Terminated;
            _timers.Release();
        }
    }

    internal void Receive(SipResponse response) => Step(Input(response), response);

    private static TransactionInput Input(SipResponse response) =>
        response.IsProvisional ? TransactionInput.Provisional : response.IsSuccess ? TransactionInput.Success : TransactionInput.Failure;

    private void Step(TransactionInput input, SipResponse? response)
    {
        TransactionEffect effects;
        bool cancel;
        byte[]? bytes;
        lock (_lock)
        {
            // A final timer that raced with a response is recognised by the state it belongs to.
            (var next, effects) = TransactionMachine.Step(_kind, _state, input);
            var enteredProceeding = next == TransactionState.Proceeding && _state == TransactionState.Trying;
            _state = next;
            ApplyTimers(effects, enteredProceeding);
            cancel = _cancelWanted && !_cancelSent && _state == TransactionState.Proceeding && _kind == TransactionKind.InviteClient;
            _cancelSent |= cancel;
            bytes = _bytes;
            // Nothing is repeated from here on.
            if (_state >= TransactionState.Completed) _bytes = null;
        }
        if ((effects & (TransactionEffect.Send | TransactionEffect.Resend)) != 0 && bytes is not null) _endpoint.Transmit(this, bytes);
        if ((effects & TransactionEffect.SendAck) != 0) SendAck(response!);
        if (cancel) SendCancel();
        if (_state == TransactionState.Terminated) _endpoint.Forget(this);
        if ((effects & (TransactionEffect.ReportTimeout | TransactionEffect.ReportTransportError)) != 0 && TryNext()) return;
        if ((effects & TransactionEffect.Deliver) != 0) Deliver(response!);
        if ((effects & TransactionEffect.ReportTimeout) != 0) Deliver(Local(408));
        if ((effects & TransactionEffect.ReportTransportError) != 0) Deliver(Local(503));
    }

    private bool TryNext()
    {
        if (_cancelWanted || Alternatives is null || !Alternatives.TryDequeue(out var next)) return false;
        _endpoint.BeginAnew(this, next);
        return true;
    }

    /// <summary>Begins again under another branch.</summary>
    internal void Renew(string branch)
    {
        lock (_lock)
        {
            Branch = branch;
            Connection = null;
            _state = TransactionState.Trying;
        }
    }

    private void ApplyTimers(TransactionEffect effects, bool enteredProceeding)
    {
        var timers = _endpoint.Options.Timers;
        if ((effects & TransactionEffect.StartRetransmit) != 0 && !IsReliable) _timers.StartRetransmit(timers.T1);
        if ((effects & TransactionEffect.NextRetransmit) != 0)
        {
            if (_kind == TransactionKind.InviteClient) _timers.NextRetransmit(timers.Timeout);
            else _timers.NextRetransmit(timers.T2, _state == TransactionState.Proceeding);
        }
        if ((effects & TransactionEffect.StopRetransmit) != 0) _timers.StopRetransmit();
        if ((effects & TransactionEffect.StartTimeout) != 0) _timers.StartEnd(TransactionInput.TimeoutTimer, timers.Timeout);
        if ((effects & TransactionEffect.StopTimeout) != 0) _timers.StopEnd();
        if ((effects & TransactionEffect.StartLinger) != 0) StartLinger(timers);
        if (_state == TransactionState.Terminated) _timers.Release();
        if (enteredProceeding && _kind == TransactionKind.Client && !IsReliable) _timers.NextRetransmit(timers.T2, true);
    }

    private void StartLinger(SipTimers timers)
    {
        var wait = _state == TransactionState.Accepted ? timers.Timeout
            // A repeated response that finds no transaction is dropped, which is all that timer K is for.
            : IsReliable || _kind == TransactionKind.Client ? TimeSpan.Zero
            : timers.D;
        if (wait == TimeSpan.Zero) _state = TransactionState.Terminated;
        else _timers.StartEnd(TransactionInput.LingerTimer, wait);
    }

    private void Deliver(SipResponse response)
    {
        try
        {
            _onResponse?.Invoke(this, response);
        }
        finally
        {
            if (response.IsFinal) _final.TrySetResult(response);
        }
    }

    /// <summary>A response nobody sent, with the request's identifying headers (§8.1.3.1).</summary>
    private SipResponse Local(int statusCode)
    {
        var response = new SipResponse(statusCode) { IsLocal = true };
        foreach (var name in (ReadOnlySpan<string>)["Via", "From", "To", "Call-ID", "CSeq"]) response.Headers.CopyFrom(Request.Headers, name);
        return response;
    }

    private void SendAck(SipResponse response) => _endpoint.Transmit(this, TransactionRequests.Ack(Request, response).ToBytes());

    private void SendCancel()
    {
        lock (_lock)
        {
            if (_state == TransactionState.Proceeding) _timers.StartEnd(TransactionInput.TimeoutTimer, _endpoint.Options.Timers.Timeout);
        }
        _endpoint.SendCancel(this);
    }
}
