using System.Globalization;
using Tandem.Sip.Authentication;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    private readonly OutgoingInvite? _spec;
    private readonly Dictionary<(string RemoteTag, uint Sequence), SipRequest> _acks = [];
    private readonly Dictionary<string, Dialog> _early = [];
    private readonly Dictionary<string, uint> _reliableSeen = [];
    private string? _contact;
    private ClientTransaction? _outgoing;
    private SipRequest? _clean;
    private int _authentications;
    private bool _cancelled;

    internal InviteSession(UserAgent agent, OutgoingInvite spec, Action<InviteSession, SessionEvent> onEvent)
    {
        Agent = agent;
        IsOutgoing = true;
        OnEvent = onEvent;
        _spec = spec;
        _contact = spec.Contact;
        _credentials = spec.Credentials ?? agent.Options.Credentials;
        LocalTag = SipEndpoint.NewTag();
        Invite = BuildInvite(spec);
    }

    /// <summary>Outgoing: CANCEL, sent as soon as a provisional came (§9.1); a 2xx that crosses it is acknowledged and ended by BYE.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (!IsOutgoing || State != InviteSessionState.Inviting) return;
            _cancelled = true;
        }
        _outgoing?.Cancel();
    }

    /// <summary>
    /// Outgoing: the ACK to the 2xx, with the answer if the INVITE had no offer. Needed when it is not sent at once; later calls do nothing.
    /// </summary>
    public void Ack(string? sdp = null)
    {
        Dialog? dialog;
        lock (_lock)
        {
            if (!IsOutgoing || State != InviteSessionState.Answered) return;
            State = InviteSessionState.Confirmed;
            dialog = Dialog;
        }
        SendAck(dialog!, Invite.CSeq.Number, sdp);
        _confirmed.TrySetResult(true);
    }

    internal void BeginOutgoing() => Send();

    private SipRequest BuildInvite(OutgoingInvite spec)
    {
        var invite = new SipRequest(SipMethods.Invite, spec.RequestUri ?? spec.To);
        foreach (var route in spec.Routes) invite.Headers.Add(HeaderNames.Route, route);
        invite.Headers.Add(HeaderNames.From, spec.From.WithTag(LocalTag).ToString());
        invite.Headers.Add(HeaderNames.To, new NameAddress(spec.To).ToString());
        invite.Headers.Add(HeaderNames.CallId, spec.CallId ?? UserAgent.NewCallId());
        invite.Headers.Add(HeaderNames.CSeq, "1 INVITE");
        invite.Headers.Add(HeaderNames.MaxForwards, "70");
        AddCapabilities(invite, spec.Destination ?? SipLocator.TryLocate(invite));
        var offers = spec.Sdp is not null || spec.Body is not null;
        // Without an offer a reliable 1xx could carry one, whose answer only the application knows: not invited.
        invite.Headers.Add(HeaderNames.Supported, offers ? Agent.SupportedText : string.Join(", ", Agent.Options.Supported.Where(o => o != "100rel")));
        Agent.Identify(invite);
        if (Agent.Options.SessionExpires is { } expires)
        {
            invite.Headers.Add(HeaderNames.SessionExpires, ((int)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            invite.Headers.Add(HeaderNames.MinSE, ((int)Agent.Options.MinSessionExpires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }
        foreach (var (name, value) in spec.Headers) invite.Headers.Add(name, value);
        if (spec.Body is { } body) invite.SetBody(body.ContentType, body.Body);
        else SetSdp(invite, spec.Sdp);
        return invite;
    }

    private void Send()
    {
        _clean = Invite.Clone();
        _outgoing = Endpoint.Send(Invite, _spec!.Destination, TakeInviteResponse);
        // A Cancel may have come between two attempts.
        if (_cancelled) _outgoing.Cancel();
    }

    private void TakeInviteResponse(ClientTransaction transaction, SipResponse response)
    {
        // Compared by CSeq: the answer may come before Send has returned the transaction.
        if (transaction.Request.CSeq.Number != Invite.CSeq.Number) return;
        if (response.StatusCode == 100) return;
        if (response.IsProvisional) TakeProvisional(response);
        else if (response.IsSuccess) TakeSuccess(response);
        else if (!TryAgain(response) && TryFinish()) Raise(new SessionEvent.Failed(response));
    }

    private void TakeProvisional(SipResponse response)
    {
        Dialog? dialog = null;
        lock (_lock)
        {
            if (State != InviteSessionState.Inviting) return;
            if (response.ToTag is { } tag)
            {
                if (_early.TryGetValue(tag, out dialog)) dialog.UpdateFromResponse(response);
                else _early[tag] = dialog = MakeDialog(response);
                Dialog = dialog;
            }
        }
        if (dialog is not null && response.HasOption(HeaderNames.Require, "100rel") && !Acknowledge(dialog, response)) return;
        Raise(new SessionEvent.Provisional(response));
    }

    /// <summary>PRACK of a reliable provisional (RFC 3262 §4); false for one seen before or out of order.</summary>
    private bool Acknowledge(Dialog dialog, SipResponse response)
    {
        if (!uint.TryParse(response.Headers[HeaderNames.RSeq], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return true;
        lock (_lock)
        {
            if (_reliableSeen.TryGetValue(dialog.RemoteTag, out var last) && number != last + 1) return false;
            _reliableSeen[dialog.RemoteTag] = number;
        }
        var prack = dialog.CreateRequest(SipMethods.Prack);
        prack.Headers.Add(HeaderNames.RAck, string.Create(CultureInfo.InvariantCulture, $"{number} {Invite.CSeq}"));
        _ = Agent.SendAsync(prack, FlowOf(dialog) ?? _spec!.Destination, _credentials, () => dialog.NextSequence());
        return true;
    }

    private Dialog MakeDialog(SipResponse response)
    {
        var dialog = Dialog.FromResponse(Invite, response);
        if (_outgoing?.Destination is { Transport: not SipTransport.Udp } stream) dialog.Flow = stream;
        return dialog;
    }

    private void TakeSuccess(SipResponse response)
    {
        var tag = response.ToTag ?? "";
        SipRequest? repeated;
        Dialog dialog;
        bool first;
        lock (_lock)
        {
            _acks.TryGetValue((tag, Invite.CSeq.Number), out repeated);
            first = State == InviteSessionState.Inviting;
            if (!first && repeated is null && Dialog?.RemoteTag == tag) return;
            dialog = _early.TryGetValue(tag, out var early) ? early : MakeDialog(response);
            if (first)
            {
                dialog.UpdateFromResponse(response);
                Dialog = dialog;
                State = InviteSessionState.Answered;
            }
        }
        if (repeated is not null) Endpoint.SendAck(repeated, FlowOf(dialog));
        else if (!first) EndFork(dialog, response);
        else TakeFirstSuccess(dialog, response);
    }

    private void TakeFirstSuccess(Dialog dialog, SipResponse response)
    {
        if (_cancelled)
        {
            // The 2xx crossed our CANCEL.
            SendAck(dialog, Invite.CSeq.Number, null);
            if (!TryFinish()) return;
            SendByeFor(dialog, []);
            var terminated = new SipResponse(487) { IsLocal = true };
            terminated.Headers.CopyFrom(response.Headers);
            Raise(new SessionEvent.Failed(terminated));
            return;
        }
        StartTimerAsCaller(response);
        if (Invite.Body.Length > 0 && _spec!.AcknowledgeAtOnce) Ack();
        Raise(new SessionEvent.Answered(response));
    }

    /// <summary>A 2xx of another branch of a forked INVITE: acknowledged and ended (§13.2.2.4).</summary>
    private void EndFork(Dialog dialog, SipResponse response)
    {
        dialog.UpdateFromResponse(response);
        SendAck(dialog, Invite.CSeq.Number, null);
        SendByeFor(dialog, []);
    }

    private void SendAck(Dialog dialog, uint sequence, string? sdp)
    {
        var ack = dialog.CreateAck(sequence);
        foreach (var name in (ReadOnlySpan<string>)[HeaderNames.Authorization, HeaderNames.ProxyAuthorization]) ack.Headers.CopyFrom(Invite.Headers, name);
        SetSdp(ack, sdp);
        lock (_lock) _acks[(dialog.RemoteTag, sequence)] = ack;
        Endpoint.SendAck(ack, FlowOf(dialog));
    }

    /// <summary>Answers a challenge (§22) or a too small session interval (RFC 4028 §7.3) with a new INVITE.</summary>
    private bool TryAgain(SipResponse response)
    {
        if (_cancelled || State != InviteSessionState.Inviting) return false;
        var again = _clean!.Clone();
        if (response.StatusCode is 401 or 407)
        {
            if (_credentials is null || ++_authentications > 2 || !DigestClient.TryAuthorize(again, response, _credentials)) return false;
            if (_authentications == 2 && DigestClient.FindChallenge(response) is not { Stale: true } && Invite.Headers.Contains(AuthorizationFor(response)))
                return false;
        }
        else if (response.StatusCode != 422 || !SessionTimers.TryRaise(again, response))
        {
            return false;
        }
        again.Headers[HeaderNames.CSeq] = new CSeq(Invite.CSeq.Number + 1, SipMethods.Invite).ToString();
        Invite = again;
        _early.Clear();
        Send();
        return true;
    }

    private static string AuthorizationFor(SipResponse response) =>
        response.StatusCode == 407 ? HeaderNames.ProxyAuthorization : HeaderNames.Authorization;
}
