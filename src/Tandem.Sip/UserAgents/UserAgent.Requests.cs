using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

public sealed partial class UserAgent
{
    /// <summary>A request outside a dialog: From with tag, To, Call-ID, CSeq 1, Max-Forwards.</summary>
    public static SipRequest CreateRequest(string method, SipUri requestUri, SipUri from, SipUri? to = null)
    {
        var request = new SipRequest(method, requestUri);
        request.Headers.Add(HeaderNames.From, new NameAddress(from).WithTag(SipEndpoint.NewTag()).ToString());
        request.Headers.Add(HeaderNames.To, new NameAddress(to ?? requestUri).ToString());
        request.Headers.Add(HeaderNames.CallId, NewCallId());
        request.Headers.Add(HeaderNames.CSeq, new CSeq(1, method).ToString());
        request.Headers.Add(HeaderNames.MaxForwards, "70");
        return request;
    }

    /// <summary>
    /// Sends a request outside any session (OPTIONS, REGISTER, MESSAGE, NOTIFY, SUBSCRIBE…) and gives the final response. A missing Contact
    /// (SUBSCRIBE, NOTIFY, REFER), User-Agent and Allow are filled in; challenges are answered when credentials are known. Never faults.
    /// </summary>
    public Task<SipResponse> RequestAsync(SipRequest request, SipDestination? destination = null, DigestCredentials? credentials = null)
    {
        if (request.Method is SipMethods.Subscribe or SipMethods.Notify or SipMethods.Refer && !request.Headers.Contains(HeaderNames.Contact))
            request.Headers.Add(HeaderNames.Contact, ContactTowards(destination ?? SipLocator.TryLocate(request)));
        Identify(request);
        return SendAsync(request, destination, credentials ?? Options.Credentials, () => request.CSeq.Number + 1);
    }

    /// <summary>Sends an INVITE; events go to <paramref name="onEvent"/>. Challenges are answered when credentials are known.</summary>
    public InviteSession Invite(OutgoingInvite invite, Action<InviteSession, SessionEvent> onEvent)
    {
        var session = new InviteSession(this, invite, onEvent);
        Add(session);
        session.BeginOutgoing();
        return session;
    }

    /// <summary>Registers and keeps registered (refresh at half the granted time, retry after failure) until disposed, which unregisters.</summary>
    public Registration Register(SipUri addressOfRecord, SipUri registrar, DigestCredentials? credentials, SipDestination? destination = null, int expiresSeconds = 3600)
    {
        var registration = new Registration(this, addressOfRecord, registrar, credentials ?? Options.Credentials, destination, expiresSeconds);
        registration.Begin();
        return registration;
    }

    internal static string NewCallId() => SipEndpoint.NewTag() + SipEndpoint.NewTag();

    internal void Identify(SipRequest request)
    {
        if (Options.Product is { } product && !request.Headers.Contains(HeaderNames.UserAgent)) request.Headers.Add(HeaderNames.UserAgent, product);
    }

    /// <summary>Sends, answers one challenge, and one more when only the nonce was stale.</summary>
    internal async Task<SipResponse> SendAsync(SipRequest request, SipDestination? destination, DigestCredentials? credentials, Func<uint> nextSequence)
    {
        var clean = request.Clone();
        var response = await Endpoint.Send(request, destination).Final;
        for (var tries = 0; tries < 2 && response.StatusCode is 401 or 407 && credentials is not null; tries++)
        {
            if (tries > 0 && DigestClient.FindChallenge(response) is not { Stale: true } && response.StatusCode == 401) break;
            var again = clean.Clone();
            again.Headers[HeaderNames.CSeq] = new CSeq(nextSequence(), again.Method).ToString();
            if (!DigestClient.TryAuthorize(again, response, credentials)) break;
            clean = again.Clone();
            response = await Endpoint.Send(again, destination).Final;
        }
        return response;
    }
}
