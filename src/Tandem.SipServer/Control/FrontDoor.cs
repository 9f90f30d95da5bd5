using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Registrar;
using Tandem.SipServer.Watching;

namespace Tandem.SipServer.Control;

/// <summary>What arrives from outside any dialog: REGISTER, new calls, OPTIONS. Nobody gets further without digest or a
/// listed trunk address.</summary>
internal sealed class FrontDoor(
    Switchboard board, Gatekeeper gate, RegistrarService registrar, DialogPackage watching)
{
    public void Open()
    {
        board.Agent.OnInvite = session =>
        {
            // A CANCEL that comes before the session has a leg shows itself by the session's state.
            session.OnEvent = (_, happened) => board.Loop.Post(() =>
            {
                if (session.AppState is PhoneLeg leg) board.Legs.Handle(leg, happened);
            });
            board.Loop.Post(() => Invited(session));
        };
        board.Agent.OnRequest = transaction => board.Loop.Post(() => Requested(transaction));
    }

    private void Requested(ServerTransaction transaction)
    {
        switch (transaction.Request.Method)
        {
            case SipMethods.Register:
                registrar.Register(transaction);
                break;
            case SipMethods.Options:
                board.Agent.AnswerOptions(transaction);
                break;
            case SipMethods.Notify:
                // Unsolicited, such as keep-alives of phones.
                transaction.Respond(481);
                break;
            case SipMethods.Subscribe:
                watching.Subscribe(transaction);
                break;
            default:
                transaction.Respond(405);
                break;
        }
    }

    private void Invited(InviteSession session)
    {
        var invite = session.Invite;
        var number = invite.RequestUri.User;
        var source = session.Source!;
        if (gate.TrunkAt(source.Remote) is not null)
        {
            Connect(session, invite.From.Uri.User ?? "anonymous", false, number);
            return;
        }

        var (dn, refusal) = gate.Admit(invite, source, proxy: true);
        if (dn is not null)
        {
            Connect(session, dn, true, number);
            return;
        }

        session.Reject(
            refusal!.StatusCode,
            refusal.ReasonPhrase,
            [.. refusal.Headers.Where(one => one.Key == HeaderNames.ProxyAuthenticate).Select(one => (one.Key, one.Value))]);
    }

    private void Connect(InviteSession session, string caller, bool local, string? number)
    {
        if (string.IsNullOrEmpty(number) || number == caller)
        {
            session.Reject(number == caller ? 482 : 484);
            return;
        }

        board.Loop.Start(() => board.Setup.ConnectAsync(new IncomingInvite(session, caller, local, number)));
    }
}
