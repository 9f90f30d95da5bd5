using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

/// <summary>
/// A SIP user agent on an endpoint: sorts incoming messages to its sessions, answers what the RFCs prescribe (481, 405, 420,
/// OPTIONS), makes outgoing sessions and requests. One per endpoint; a B2BUA, a media server and a phone all use it.
/// </summary>
public sealed partial class UserAgent
{
    /// <summary>The endpoint it lives on.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>
    /// Takes each new incoming INVITE (no To tag, or Replaces). Called on the receiving thread; must return quickly. Set
    /// <see cref="InviteSession.OnEvent"/> inside it. Default: 480.
    /// </summary>
    public Action<InviteSession>? OnInvite { get; set; }

    /// <summary>
    /// Takes every other request outside a session (REGISTER, SUBSCRIBE, MESSAGE, NOTIFY, …); must answer it. OPTIONS comes here too when
    /// set and is answered 200 otherwise. Default: 405 or 501.
    /// </summary>
    public Action<ServerTransaction>? OnRequest { get; set; }
}
