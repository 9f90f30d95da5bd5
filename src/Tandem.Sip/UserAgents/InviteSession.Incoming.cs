using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    private readonly ServerTransaction? _incoming;
    private ReliableProvisionals? _reliable;

    /// <summary>The full Contact value we give in responses; null: the agent's.</summary>
    public string? Contact
    {
        get => _contact;
        set => _contact = value;
    }

    internal InviteSession(UserAgent agent, ServerTransaction incoming)
    {
        Agent = agent;
        _incoming = incoming;
        Invite = incoming.Request;
        LocalTag = incoming.LocalTag;
        _credentials = agent.Options.Credentials;
    }

    /// <summary>The transaction of the incoming INVITE, for a hand-made response; null for an outgoing session.</summary>
    public ServerTransaction? IncomingTransaction => _incoming;

    /// <summary>
    /// Incoming: sends 101..199, with early media when <paramref name="sdp"/> is given; reliably (RFC 3262) when the caller requires it.
    /// </summary>
    public void Ring(int statusCode = 180, string? sdp = null, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        if (_incoming is null || State != InviteSessionState.Inviting) return;
        EnsureDialog();
        var response = _incoming.CreateResponse(statusCode);
        AddCapabilities(response, _incoming.Source.ToDestination());
        AddHeaders(response, headers);
        SetSdp(response, sdp);
        if (statusCode > 100 && Invite.HasOption(HeaderNames.Require, "100rel")) Reliable().Send(response);
        else _incoming.Respond(response);
    }

    /// <summary>Incoming: answers 200 with the answer, or with an offer when the INVITE had none. Repeated until ACK (§13.3.1.4).</summary>
    public void Accept(string? sdp, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        if (_incoming is null) return;
        lock (_lock)
        {
            if (State != InviteSessionState.Inviting) return;
            State = InviteSessionState.Answered;
        }
        _reliable?.Stop();
        EnsureDialog().Confirm();
        var response = _incoming.CreateResponse(200);
        AddCapabilities(response, _incoming.Source.ToDestination());
        response.Headers.Add(HeaderNames.Supported, Agent.SupportedText);
        AddHeaders(response, headers);
        StartTimerAsCallee(_incoming.Request, response);
        SetSdp(response, sdp);
        RespondUntilAcknowledged(_incoming, response);
    }

    /// <summary>Incoming: answers 300..699. Nothing happens when it was answered already.</summary>
    public void Reject(int statusCode, string? reason = null, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        if (_incoming is null) return;
        lock (_lock)
        {
            if (State != InviteSessionState.Inviting) return;
        }
        var response = _incoming.CreateResponse(statusCode, reason);
        AddHeaders(response, headers);
        TryFinish();
        _incoming.Respond(response);
    }

    /// <summary>Incoming: sends this challenge once and forgets the session (<see cref="ServerTransaction.RespondStateless"/>).</summary>
    public void Challenge(SipResponse challenge)
    {
        if (_incoming is null || !TryFinish()) return;
        _incoming.RespondStateless(challenge);
    }

    internal void BeginIncoming() => _incoming!.OnCancel = cancel =>
    {
        lock (_lock)
        {
            if (State != InviteSessionState.Inviting) return;
        }
        if (!TryFinish()) return;
        _incoming.Respond(487);
        Raise(new SessionEvent.Cancelled(cancel));
    };

    internal void TakeAck(SipRequest ack)
    {
        bool bye;
        lock (_lock)
        {
            // A repeated ACK finds nothing to stop.
            if (!_unacknowledged.Remove(ack.CSeq.Number, out var waiting)) return;
            waiting.Stop();
            if (State == InviteSessionState.Answered) State = InviteSessionState.Confirmed;
            bye = _byeWanted;
        }
        _confirmed.TrySetResult(true);
        Raise(new SessionEvent.Acknowledged(ack));
        if (bye) SendBye([]);
    }

    internal void AcceptReInvite(ServerTransaction transaction, string? sdp)
    {
        Dialog?.RefreshTarget(transaction.Request);
        var response = transaction.CreateResponse(200);
        AddCapabilities(response, transaction.Source.ToDestination());
        response.Headers.Add(HeaderNames.Supported, Agent.SupportedText);
        StartTimerAsCallee(transaction.Request, response);
        SetSdp(response, sdp);
        RespondUntilAcknowledged(transaction, response);
    }

    private void RespondUntilAcknowledged(ServerTransaction transaction, SipResponse response)
    {
        var number = transaction.Request.CSeq.Number;
        var waiting = new UnacknowledgedSuccess(Endpoint, transaction, response, NotAcknowledged);
        lock (_lock) _unacknowledged[number] = waiting;
        waiting.Start();
    }

    /// <summary>§13.3.1.4: no ACK for 64·T1: the session is ended by BYE.</summary>
    private void NotAcknowledged()
    {
        var dialog = Dialog;
        if (!TryFinish()) return;
        if (dialog is not null) SendByeFor(dialog, []);
        Raise(new SessionEvent.Ended(SessionEndCause.NoAck, null));
    }

    private Dialog EnsureDialog()
    {
        lock (_lock)
        {
            if (Dialog is not null) return Dialog;
            var source = _incoming!.Source;
            Dialog = Dialog.FromRequest(Invite, LocalTag);
            if (source.Transport != SipTransport.Udp) Dialog.Flow = source.ToDestination();
            return Dialog;
        }
    }

    private ReliableProvisionals Reliable()
    {
        lock (_lock) return _reliable ??= new ReliableProvisionals(Endpoint, _incoming!, () => Reject(504));
    }
}
