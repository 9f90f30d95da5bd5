using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Registrar;
using Tandem.SipServer.Watching;

namespace Tandem.SipServer.Control;

/// <summary>What arrives from outside any dialog: REGISTER, new calls, OPTIONS. Nobody gets further without digest or a
/// listed trunk address. That is judged on the receiving thread: strangers never reach the call loop, however many.</summary>
internal sealed class FrontDoor(
    Switchboard board, Gatekeeper gate, RegistrarService registrar, DialogPackage watching)
{
    public void Open()
    {
        board.Agent.OnInvite = Invited;
        board.Agent.OnRequest = Requested;
    }

    private void Requested(ServerTransaction transaction)
    {
        switch (transaction.Request.Method)
        {
            case SipMethods.Register:
                Admitted(transaction, dn => registrar.Register(transaction, dn));
                break;
            case SipMethods.Options when transaction.Request.ToTag is null:
                board.Agent.AnswerOptions(transaction);
                break;
            case SipMethods.Subscribe when transaction.Request.ToTag is { } tag:
                board.Loop.Post(() => watching.Refresh(transaction, tag));
                break;
            case SipMethods.Subscribe:
                Admitted(transaction, _ => watching.Subscribe(transaction));
                break;
            case SipMethods.Notify:
                // Unsolicited, such as keep-alives of phones.
                transaction.Respond(481);
                break;
            default:
                transaction.Respond(transaction.Request.ToTag is null ? 405 : 481);
                break;
        }
    }

    /// <summary>Hands a request of a proven DN to the call loop.</summary>
    private void Admitted(ServerTransaction transaction, Action<string> serve)
    {
        var (dn, refusal) = gate.Admit(transaction.Request, transaction.Source, proxy: false);
        if (dn is null) transaction.RespondStateless(refusal!);
        else board.Loop.Post(() => serve(dn));
    }

    private void Invited(InviteSession session)
    {
        var invite = session.Invite;
        var source = session.Source!;
        var trunk = board.Configuration.TrunkAt(source);
        var caller = trunk is null ? null : invite.From.Uri.User is { } named && DnPattern.IsNumber(named) ? named : "anonymous";
        if (caller is null)
        {
            (caller, var refusal) = gate.Admit(invite, source, proxy: true);
            if (caller is null)
            {
                session.Challenge(refusal!);
                return;
            }
        }

        // A CANCEL that comes before the session has a leg shows itself by the session's state.
        session.OnEvent = (_, happened) => board.Loop.Post(() =>
        {
            if (session.AppState is PhoneLeg leg) board.Legs.Handle(leg, happened);
        });
        if (invite.RequestUri.User is not { Length: > 0 } number) session.Reject(484);
        else if (!DnPattern.IsNumber(number)) session.Reject(404);
        else if (invite.Headers[HeaderNames.Replaces] is not null) Replace(new IncomingInvite(session, caller, number, trunk));
        else if (number == caller) session.Reject(482);
        else board.Loop.Start(() => ConnectAsync(new IncomingInvite(session, caller, number, trunk)));
    }

    private void Replace(IncomingInvite incoming)
    {
        var value = incoming.Session.Invite.Headers[HeaderNames.Replaces]!;
        if (incoming.CallerLocal) board.Loop.Start(() => board.Replacements.TakeOverAsync(incoming, value));
        else incoming.Session.Reject(403);
    }

    private Task ConnectAsync(IncomingInvite incoming) => board.Focuses.Takes(incoming.Number)
        ? board.Focuses.InvitedAsync(incoming)
        : board.Setup.ConnectAsync(incoming);
}
