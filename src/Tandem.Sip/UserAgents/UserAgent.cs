using System.Collections.Concurrent;
using Tandem.Sip.Headers;
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
    private readonly ConcurrentDictionary<(string CallId, string LocalTag), InviteSession> _sessions = new();

    /// <summary>Takes over the endpoint's handlers.</summary>
    public UserAgent(SipEndpoint endpoint, UserAgentOptions options)
    {
        Endpoint = endpoint;
        Options = options;
        AllowText = string.Join(", ", options.Allow);
        SupportedText = string.Join(", ", options.Supported);
        endpoint.OnRequest = TakeRequest;
        endpoint.OnAck = TakeAck;
    }

    /// <summary>The endpoint it lives on.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>The options.</summary>
    public UserAgentOptions Options { get; }

    /// <summary>
    /// Takes each new incoming INVITE (no To tag). Called on the receiving thread; must return quickly. Set
    /// <see cref="InviteSession.OnEvent"/> inside it. Default: 480.
    /// </summary>
    public Action<InviteSession>? OnInvite { get; set; }

    /// <summary>
    /// Takes every other request that belongs to no session (REGISTER, SUBSCRIBE and its refreshes, MESSAGE, NOTIFY, REFER, …); must answer
    /// it, if only by <see cref="RejectUnhandled"/>. OPTIONS comes here too when set and is answered 200 otherwise.
    /// </summary>
    public Action<ServerTransaction>? OnRequest { get; set; }

    /// <summary>Sessions alive.</summary>
    public IReadOnlyCollection<InviteSession> Sessions => [.. _sessions.Values];

    /// <summary>Finds the session a Replaces or Target-Dialog header names: its tags as we would write them (RFC 3891 §3).</summary>
    public InviteSession? FindSession(string callId, string localTag, string? remoteTag = null) =>
        _sessions.TryGetValue((callId, localTag), out var session) && (remoteTag is null || session.RemoteTag == remoteTag) ? session : null;

    /// <summary>Answers 405 with Allow for a method we know, 501 for one we do not, 200 for OPTIONS, 481 where a dialog is needed.</summary>
    public void RejectUnhandled(ServerTransaction transaction)
    {
        var method = transaction.Request.Method;
        if (method == SipMethods.Options && transaction.Request.ToTag is null)
        {
            AnswerOptions(transaction);
            return;
        }
        var needsDialog = method is SipMethods.Bye or SipMethods.Prack or SipMethods.Update or SipMethods.Info || transaction.Request.ToTag is not null;
        var known = Options.Allow.Contains(method) || method is SipMethods.Register or SipMethods.Publish or SipMethods.Subscribe or SipMethods.Message;
        var response = transaction.CreateResponse(needsDialog && known ? 481 : known ? 405 : 501);
        response.Headers.Add(HeaderNames.Allow, AllowText);
        transaction.Respond(response);
    }

    /// <summary>200 to OPTIONS with Allow, Accept, Supported (RFC 3261 §11.2).</summary>
    public void AnswerOptions(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(200);
        response.Headers.Add(HeaderNames.Allow, AllowText);
        response.Headers.Add(HeaderNames.Accept, "application/sdp");
        response.Headers.Add(HeaderNames.Supported, SupportedText);
        response.Headers.Add("Accept-Encoding", "identity");
        response.Headers.Add("Accept-Language", "en");
        transaction.Respond(response);
    }

    /// <summary>Our Contact towards a peer: <c>&lt;sip:user@address:port;transport=…&gt;</c>.</summary>
    public string ContactTowards(SipDestination? destination)
    {
        var uri = SipUri.Of(Options.ContactUser, Endpoint.AddressTowards(destination));
        if (destination is { Transport: not SipTransport.Udp })
            uri = uri with { Parameters = SipParameters.Of(("transport", destination.Transport == SipTransport.Tls ? "tls" : "tcp")) };
        return "<" + uri + ">";
    }

    internal string AllowText { get; }

    internal string SupportedText { get; }

    internal void Add(InviteSession session) => _sessions[(session.CallId, session.LocalTag)] = session;

    internal void Remove(InviteSession session) => _sessions.TryRemove(new((session.CallId, session.LocalTag), session));

    private void TakeRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.ToTag is { } tag && _sessions.TryGetValue((request.CallId, tag), out var session))
        {
            if (!RefuseExtensions(transaction)) session.TakeRequest(transaction);
            return;
        }
        if (RefuseExtensions(transaction)) return;
        if (request.RequestUri.Scheme is not ("sip" or "sips" or "tel")) transaction.Respond(416);
        else if (request.Method == SipMethods.Invite) TakeInvite(transaction);
        else if (OnRequest is { } handler && request.Method is not (SipMethods.Bye or SipMethods.Prack or SipMethods.Update)) handler(transaction);
        else RejectUnhandled(transaction);
    }

    private void TakeInvite(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.ToTag is not null)
        {
            transaction.Respond(481);
            return;
        }
        if (SessionTimers.TooSmall(request, Options) is { } least)
        {
            var response = transaction.CreateResponse(422);
            response.Headers.Add(HeaderNames.MinSE, least.ToString(System.Globalization.CultureInfo.InvariantCulture));
            transaction.Respond(response);
            return;
        }
        if (OnInvite is not { } handler)
        {
            transaction.Respond(480);
            return;
        }
        var session = new InviteSession(this, transaction);
        Add(session);
        session.BeginIncoming();
        handler(session);
    }

    /// <summary>§8.2.2.3: option tags we do not know give 420; CANCEL and ACK are not looked at.</summary>
    private bool RefuseExtensions(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method is SipMethods.Cancel || !request.Headers.Contains(HeaderNames.Require)) return false;
        var unknown = request.Headers.Elements(HeaderNames.Require)
            .Where(tag => !Options.Supported.Contains(tag, StringComparer.OrdinalIgnoreCase) && !Options.AlsoAccepted.Contains(tag, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (unknown.Count == 0) return false;
        var response = transaction.CreateResponse(420);
        response.Headers.Add(HeaderNames.Unsupported, string.Join(", ", unknown));
        transaction.Respond(response);
        return true;
    }

    private void TakeAck(SipRequest ack, SipSource source)
    {
        if (ack.ToTag is { } tag && _sessions.TryGetValue((ack.CallId, tag), out var session)) session.TakeAck(ack);
    }
}
