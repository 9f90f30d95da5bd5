using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    /// <summary>
    /// Sends INFO, REFER, NOTIFY, UPDATE, OPTIONS, MESSAGE inside the dialog and gives the final response (never faults; local 481 when
    /// there is no dialog). 481 and 408 to UPDATE, INFO or OPTIONS end the session.
    /// </summary>
    public async Task<SipResponse> RequestAsync(string method, string? contentType = null, string? body = null, params (string Name, string Value)[] headers)
    {
        if (Dialog is not { } dialog || _over) return new SipResponse(481) { IsLocal = true };
        var request = dialog.CreateRequest(method);
        if (method is SipMethods.Update or SipMethods.Refer or SipMethods.Notify or SipMethods.Subscribe)
            request.Headers.Add(HeaderNames.Contact, _contact ?? Agent.ContactTowards(FlowOf(dialog) ?? Transport.SipLocator.TryLocate(request)));
        Agent.Identify(request);
        AddHeaders(request, headers);
        if (body is not null) request.SetBody(contentType ?? "text/plain", body);
        var response = await Agent.SendAsync(request, FlowOf(dialog), _credentials, dialog.NextSequence);
        if (method == SipMethods.Update && response.IsSuccess) dialog.RefreshTarget(response);
        if (method is SipMethods.Update or SipMethods.Info or SipMethods.Options && response.StatusCode is 481 or 408) LoseDialog(response);
        return response;
    }

    /// <summary>Ends an answered session by BYE. For an incoming one whose ACK has not come the BYE waits for it (§15).</summary>
    public void Bye(params ReadOnlySpan<(string Name, string Value)> headers)
    {
        lock (_lock)
        {
            if (_over || State < InviteSessionState.Answered) return;
            if (!IsOutgoing && State == InviteSessionState.Answered)
            {
                _byeWanted = true;
                return;
            }
        }
        if (IsOutgoing) Ack();
        SendBye(headers);
    }

    /// <summary>A request of the peer inside this dialog.</summary>
    internal void TakeRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (Dialog is not { } dialog || dialog.State == DialogState.Terminated)
        {
            transaction.Respond(481);
            return;
        }
        if (!dialog.AcceptSequence(request))
        {
            transaction.Respond(500, "CSeq Out Of Order");
            return;
        }
        switch (request.Method)
        {
            case SipMethods.Bye:
                TakeBye(transaction);
                break;
            case SipMethods.Invite:
                TakeReInvite(transaction);
                break;
            case SipMethods.Prack when _reliable is not null:
                _reliable.Take(transaction);
                break;
            case SipMethods.Prack:
                transaction.Respond(481);
                break;
            case SipMethods.Update:
                TakeUpdate(transaction);
                break;
            case SipMethods.Options when OnEvent is null:
                Agent.AnswerOptions(transaction);
                break;
            default:
                Raise(new SessionEvent.Request(transaction));
                break;
        }
    }

    private void TakeBye(ServerTransaction transaction)
    {
        var wasAnswered = State >= InviteSessionState.Answered;
        var finished = TryFinish();
        transaction.Respond(200);
        if (!finished) return;
        if (_incoming is { IsAnswered: false }) _incoming.Respond(487);
        if (wasAnswered) Raise(new SessionEvent.Ended(SessionEndCause.RemoteBye, transaction.Request));
        else Raise(new SessionEvent.Cancelled(transaction.Request));
    }

    private void TakeUpdate(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Body.Length > 0 && (_reInvitePending || _incomingReInvite is { IsAnswered: false }))
        {
            transaction.Respond(491);
            return;
        }
        Dialog?.RefreshTarget(request);
        if (request.Body.Length > 0)
        {
            Raise(new SessionEvent.Request(transaction));
            return;
        }
        var response = transaction.CreateResponse(200);
        AddCapabilities(response, transaction.Source.ToDestination());
        StartTimerAsCallee(request, response);
        transaction.Respond(response);
    }

    private void SendBye(ReadOnlySpan<(string Name, string Value)> headers)
    {
        var dialog = Dialog;
        if (!TryFinish()) return;
        if (dialog is not null) SendByeFor(dialog, headers);
        Raise(new SessionEvent.Ended(SessionEndCause.LocalBye, null));
    }

    private void SendByeFor(Dialog dialog, ReadOnlySpan<(string Name, string Value)> headers)
    {
        var bye = dialog.CreateRequest(SipMethods.Bye);
        Agent.Identify(bye);
        AddHeaders(bye, headers);
        _ = Agent.SendAsync(bye, FlowOf(dialog), _credentials, dialog.NextSequence);
    }

    /// <summary>RFC 5057: the peer no longer knows the dialog, or is gone.</summary>
    private void LoseDialog(SipResponse response)
    {
        var dialog = Dialog;
        if (!TryFinish()) return;
        if (response.StatusCode == 408 && dialog is not null) SendByeFor(dialog, []);
        Raise(new SessionEvent.Ended(SessionEndCause.DialogLost, null));
    }
}
