using System.Globalization;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    private void TakeInviteResponse(ClientTransaction transaction, SipResponse response)
    {
        // Compared by CSeq and kept: the answer may come before Send has returned the transaction.
        lock (_lock)
        {
            if (transaction.Request.CSeq.Number != Invite.CSeq.Number) return;
            _outgoing = transaction;
        }
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
}
