using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Live;

/// <summary>A phone without media, for signalling that the lab's phone does not do: attended transfer by Replaces, offerless
/// INVITE, subscriptions, TCP.</summary>
internal sealed class TestPhone : IAsyncDisposable
{
    private readonly SipEndpoint _endpoint;
    private readonly SipDestination _server;
    private readonly TaskCompletionSource<InviteSession> _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<SessionEvent> _happened = new();
    private readonly ConcurrentQueue<string> _offered = new();
    private int _count;

    /// <param name="roots">What the server's certificate is checked against, for TLS.</param>
    /// <param name="address">Of the server and of the phone; null: 127.0.0.1.</param>
    public TestPhone(
        string dn, int sipPort, SipTransport transport = SipTransport.Udp, X509Certificate2Collection? roots = null, IPAddress? address = null)
    {
        Dn = dn;
        address ??= IPAddress.Loopback;
        _server = new SipDestination(transport, new IPEndPoint(address, sipPort));
        _endpoint = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [new IPEndPoint(address, FreePorts.One())], TrustedRoots = roots }, TimeProvider.System);
        Agent = new UserAgent(_endpoint, new UserAgentOptions { ContactUser = dn, Credentials = Credentials })
        {
            OnInvite = session =>
            {
                session.OnEvent = Handle;
                session.Ring();
                _rung.TrySetResult(session);
                if (AnswersAtOnce) Accept(session);
            },
            OnRequest = transaction =>
            {
                lock (Notified) Notified.Add(transaction.Request.BodyText);
                transaction.Respond(200);
            },
        };
    }

    public string Dn { get; }

    public UserAgent Agent { get; }

    /// <summary>Bodies of NOTIFY outside calls, and sipfrags within.</summary>
    public List<string> Notified { get; } = [];

    public Task<InviteSession> Rung => _rung.Task;

    /// <summary>Answers every call as soon as it comes.</summary>
    public bool AnswersAtOnce { get; set; }

    /// <summary>What it does with a request in its calls that opens or changes nothing.</summary>
    public Action<ServerTransaction> Reply { get; set; } = static asked => asked.Respond(200);

    /// <summary>What happened in its calls, in order.</summary>
    public IReadOnlyList<SessionEvent> Happened => [.. _happened];

    /// <summary>True: what happened is only counted.</summary>
    public bool Forgets { get; set; }

    /// <summary>How much happened in its calls.</summary>
    public int HappenedCount => Volatile.Read(ref _count);

    /// <summary>How often a request of this method came within its calls.</summary>
    public int Asked(string method) =>
        Happened.Count(one => one is SessionEvent.Request request && request.Transaction.Request.Method == method);

    /// <summary>Descriptions that came by re-INVITE.</summary>
    public IReadOnlyList<string> Offered => [.. _offered];

    /// <summary>Bodies of ACKs to its own 2xx.</summary>
    public IReadOnlyList<string> Acknowledged =>
        [.. Happened.OfType<SessionEvent.Acknowledged>().Select(one => one.Ack.BodyText).Where(body => body.Length > 0)];

    /// <summary>The phone dies: nothing is answered any more.</summary>
    public ValueTask DieAsync() => _endpoint.DisposeAsync();

    private DigestCredentials Credentials => new(Dn, $"pw-{Dn}");

    public async Task RegisterAsync(CancellationToken stop)
    {
        Registration = Agent.Register(Address(Dn), SipUri.Of(null, _server.Address), Credentials, _server);
        Assert.Equal(200, (await Registration.First.WaitAsync(TimeSpan.FromSeconds(10), stop)).StatusCode);
    }

    private Registration? Registration { get; set; }

    public SipUri Address(string dn) => SipUri.Of(dn, _server.Address);

    /// <summary>Calls and waits for the answer.</summary>
    public async Task<InviteSession> CallAsync(string dn, bool offer, CancellationToken stop)
    {
        var (session, answered) = Call(dn, offer);
        Assert.True(await answered.WaitAsync(TimeSpan.FromSeconds(10), stop));
        return session;
    }

    /// <summary>Calls; the task says whether it was answered.</summary>
    public (InviteSession Session, Task<bool> Answered) Call(
        string dn, bool offer = true, params (string Name, string Value)[] headers)
    {
        var answered = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = Agent.Invite(
            new OutgoingInvite(Address(dn), new NameAddress(Address(Dn)))
            {
                Destination = _server,
                Sdp = offer ? Offer() : null,
                Headers = headers,
            },
            (one, happened) =>
            {
                Keep(happened);
                if (happened is SessionEvent.Answered { Response: var response })
                {
                    if (!offer) one.Ack(Answer(response.BodyText));
                    answered.TrySetResult(true);
                }
                else if (happened is SessionEvent.Failed)
                {
                    answered.TrySetResult(false);
                }
                else
                {
                    Handle(one, happened);
                }
            });
        return (session, answered.Task);
    }

    public async Task UnregisterAsync()
    {
        var registration = Registration;
        Registration = null;
        if (registration is not null) await registration.DisposeAsync();
    }

    public Task<SipResponse> SubscribeAsync(string dn)
    {
        var request = UserAgent.CreateRequest(SipMethods.Subscribe, Address(dn), Address(Dn));
        request.Headers["Event"] = "dialog";
        request.Headers["Expires"] = "600";
        return Agent.RequestAsync(request, _server, Credentials);
    }

    public void Accept(InviteSession session) =>
        session.Accept(session.Invite.Body.Length > 0 ? Answer(session.Invite.BodyText) : Offer());

    /// <summary>What a phone writes into Refer-To for the call it consults in.</summary>
    public static string Replacing(SipUri target, InviteSession consultation)
    {
        var replaces = Uri.EscapeDataString(
            $"{consultation.CallId};to-tag={consultation.RemoteTag};from-tag={consultation.LocalTag}");
        return $"<{target}?Replaces={replaces}>";
    }

    public async ValueTask DisposeAsync()
    {
        await UnregisterAsync();
        await _endpoint.DisposeAsync();
    }

    public static string Offer(SdpDirection direction = SdpDirection.SendRecv) =>
        SdpNegotiation.Offer(Capabilities(direction)).ToString();

    private static string Answer(string offer) =>
        SdpNegotiation.Answer(SdpSession.Parse(offer), Capabilities(SdpDirection.SendRecv))!.Session.ToString();

    private static SdpCapabilities Capabilities(SdpDirection direction) => new()
    {
        Rtp = new IPEndPoint(IPAddress.Loopback, 30_002),
        Codecs = [new SdpRtpMap(8, "PCMA", 8000)],
        Direction = direction,
        Origin = new SdpOrigin("-", 1, 1, "127.0.0.1"),
    };

    private void Keep(SessionEvent happened)
    {
        Interlocked.Increment(ref _count);
        if (!Forgets) _happened.Enqueue(happened);
    }

    private void Handle(InviteSession session, SessionEvent happened)
    {
        if (!session.IsOutgoing) Keep(happened);
        switch (happened)
        {
            case SessionEvent.ReInvite { Offer: var offer }:
                if (!Forgets) _offered.Enqueue(offer.Request.BodyText);
                offer.Accept(offer.Request.Body.Length > 0 ? Answer(offer.Request.BodyText) : Offer());
                break;
            case SessionEvent.Request { Transaction: var transaction }:
                if (!Forgets)
                {
                    lock (Notified) Notified.Add(transaction.Request.BodyText);
                }

                Reply(transaction);
                break;
        }
    }
}
