using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Registrar;

namespace Tandem.SipServer.Control;

/// <summary>What arrives from outside any dialog: REGISTER, new calls, OPTIONS. Nobody gets further without digest or a
/// listed trunk address.</summary>
internal sealed class FrontDoor(Switchboard board, Gatekeeper gate, RegistrarService registrar)
{
    // The session does not say where its INVITE came from; the endpoint does, on the same thread, around OnInvite.
    [ThreadStatic]
    private static SipSource? s_source;

    public void Open()
    {
        var inner = board.Agent.Endpoint.OnRequest;
        board.Agent.Endpoint.OnRequest = transaction =>
        {
            s_source = transaction.Source;
            inner?.Invoke(transaction);
        };
        board.Agent.OnInvite = session =>
        {
            var source = s_source!;
            board.Loop.Post(() => Invited(session, source));
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
                transaction.Respond(200);
                break;
            case SipMethods.Notify:
                // Unsolicited, such as keep-alives of phones.
                transaction.Respond(481);
                break;
            case SipMethods.Subscribe:
                transaction.Respond(489);
                break;
            default:
                transaction.Respond(405);
                break;
        }
    }

    private void Invited(InviteSession session, SipSource source)
    {
        var invite = session.Invite;
        var number = invite.RequestUri.User;
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
