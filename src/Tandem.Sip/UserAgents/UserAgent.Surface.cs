using Tandem.Sip.Authentication;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

public sealed partial class UserAgent
{
    /// <summary>Takes over the endpoint's handlers.</summary>
    public UserAgent(SipEndpoint endpoint, UserAgentOptions options)
    {
        Endpoint = endpoint;
        Options = options;
    }

    /// <summary>The options.</summary>
    public UserAgentOptions Options { get; }

    /// <summary>Sends an INVITE; events go to <paramref name="onEvent"/>. Challenges are answered when credentials are known.</summary>
    public InviteSession Invite(OutgoingInvite invite, Action<InviteSession, SessionEvent> onEvent) => throw new NotImplementedException();

    /// <summary>
    /// Sends a request outside any dialog (OPTIONS, REGISTER, MESSAGE, NOTIFY, SUBSCRIBE…) and gives the final response. Missing From tag, Call-ID, CSeq,
    /// Max-Forwards, Contact are filled in; challenges are answered when credentials are known. Never faults.
    /// </summary>
    public Task<SipResponse> RequestAsync(SipRequest request, SipDestination? destination = null, DigestCredentials? credentials = null) =>
        throw new NotImplementedException();

    /// <summary>A request outside a dialog: From with tag, To, Call-ID, CSeq 1, Max-Forwards.</summary>
    public static SipRequest CreateRequest(string method, SipUri requestUri, SipUri from, SipUri? to = null) => throw new NotImplementedException();

    /// <summary>Registers and keeps registered (refresh at half the granted time, retry after failure) until disposed, which unregisters.</summary>
    public Registration Register(SipUri addressOfRecord, SipUri registrar, DigestCredentials? credentials, SipDestination? destination = null, int expiresSeconds = 3600) =>
        throw new NotImplementedException();
}
