using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Transactions;

/// <summary>An endpoint against a hand-driven UDP peer: repeats, merging, CANCEL, ACK.</summary>
public sealed class TransactionTests
{
    private static readonly SipTimers Fast = new() { T1 = TimeSpan.FromMilliseconds(20), T2 = TimeSpan.FromMilliseconds(80), T4 = TimeSpan.FromMilliseconds(100) };

    private static SipEndpoint Start(int maxServerTransactions = 20_000) => SipEndpoint.Start(
        new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)], Timers = Fast, MaxServerTransactions = maxServerTransactions }, TimeProvider.System);

    private static string Request(string method, string branch, string callId = "c1", int cseq = 1, string to = "sip:b@x") =>
        $"{method} sip:b@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch={branch}\r\nFrom: <sip:a@x>;tag=f\r\nTo: {to}\r\n"
        + $"Call-ID: {callId}\r\nCSeq: {cseq} {method}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task Repeated_request_gets_the_same_answer_and_is_handled_once()
    {
        await using var endpoint = Start();
        var handled = 0;
        endpoint.OnRequest = t =>
        {
            Interlocked.Increment(ref handled);
            t.Respond(200);
        };
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("OPTIONS", "z9hG4bKa"));
        var first = await peer.Response();
        peer.Send(Request("OPTIONS", "z9hG4bKa"));
        var second = await peer.Response();
        Assert.Equal(first.To, second.To);
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task Same_request_over_another_path_is_482()
    {
        await using var endpoint = Start();
        endpoint.OnRequest = t => t.Respond(200);
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("OPTIONS", "z9hG4bKa"));
        Assert.Equal(200, (await peer.Response()).StatusCode);
        peer.Send(Request("OPTIONS", "z9hG4bKb"));
        Assert.Equal(482, (await peer.Response()).StatusCode);
    }

    [Fact]
    public async Task Failure_of_an_invite_is_repeated_until_ack()
    {
        await using var endpoint = Start();
        endpoint.OnRequest = t => t.Respond(486);
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("INVITE", "z9hG4bKa"));
        Assert.Equal(486, (await peer.Response()).StatusCode);
        var again = await peer.Response();
        Assert.Equal(486, again.StatusCode);
        peer.Send(Request("ACK", "z9hG4bKa", to: again.Headers[HeaderNames.To]!));
        await TestWait.Until(() => endpoint.TransactionCount == 0);
    }

    [Fact]
    public async Task Cancel_without_an_invite_is_481()
    {
        await using var endpoint = Start();
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("CANCEL", "z9hG4bKa"));
        Assert.Equal(481, (await peer.Response()).StatusCode);
    }

    [Fact]
    public async Task Overload_refuses_new_requests_and_lets_dialogs_live()
    {
        await using var endpoint = Start(maxServerTransactions: 2);
        endpoint.OnRequest = t =>
        {
            if (t.Request.ToTag is not null) t.Respond(200);
        };
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("OPTIONS", "z9hG4bKa", "c1"));
        peer.Send(Request("OPTIONS", "z9hG4bKb", "c2"));
        peer.Send(Request("OPTIONS", "z9hG4bKc", "c3"));
        var refused = await peer.Response();
        Assert.Equal(503, refused.StatusCode);
        Assert.Equal("c3", refused.CallId);
        Assert.NotNull(refused.Headers[HeaderNames.RetryAfter]);
        peer.Send(Request("INFO", "z9hG4bKd", "c4", to: "<sip:b@x>;tag=known"));
        Assert.Equal(200, (await peer.Response()).StatusCode);
    }

    [Fact]
    public async Task Silent_peer_gives_a_local_408_after_repeats()
    {
        await using var endpoint = Start();
        using var peer = new RawPeer(endpoint);
        var request = UserAgent.CreateRequest("OPTIONS", SipUri.Parse("sip:x@127.0.0.1"), SipUri.Parse("sip:a@x"));
        var final = endpoint.Send(request, new SipDestination(SipTransport.Udp, peer.Address)).Final;
        var first = await peer.Request();
        var second = await peer.Request();
        Assert.Equal(first.TopVia!.Branch, second.TopVia!.Branch);
        var response = await final.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(408, response.StatusCode);
        Assert.True(response.IsLocal);
    }

    [Fact]
    public async Task Refused_connection_gives_a_local_503()
    {
        await using var endpoint = Start();
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var request = UserAgent.CreateRequest("OPTIONS", SipUri.Parse("sip:x@127.0.0.1"), SipUri.Parse("sip:a@x"));
        var response = await endpoint.Send(request, new SipDestination(SipTransport.Tcp, (IPEndPoint)closed.LocalEndPoint!)).Final;
        Assert.Equal(503, response.StatusCode);
        Assert.True(response.IsLocal);
    }

    [Fact]
    public async Task Malformed_request_is_answered_400_with_a_reason()
    {
        await using var endpoint = Start();
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("OPTIONS", "z9hG4bKa").Replace("CSeq: 1 OPTIONS", "CSeq: 1 BYE", StringComparison.Ordinal));
        var response = await peer.Response();
        Assert.Equal(400, response.StatusCode);
        Assert.Contains("CSeq method differs", response.ReasonPhrase, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stateless_challenge_is_sent_once_and_costs_nothing()
    {
        await using var endpoint = Start();
        endpoint.OnRequest = transaction => transaction.RespondStateless(transaction.CreateResponse(407));
        using var peer = new RawPeer(endpoint);
        var invite = Request("INVITE", "z9hG4bKa");
        peer.Send(invite);
        var first = await peer.Response();
        Assert.Equal(407, first.StatusCode);
        Assert.Equal(0, endpoint.TransactionCount);
        // Timer G would have repeated it after 500 ms; the next answer is that to our own repeat, with another tag.
        await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, TestContext.Current.CancellationToken);
        peer.Send(invite);
        var second = await peer.Response();
        Assert.Equal(407, second.StatusCode);
        Assert.NotEqual(first.ToTag, second.ToTag);
        Assert.Equal(0, endpoint.UnansweredCount);
    }

    [Fact]
    public async Task Keep_alive_is_answered()
    {
        await using var endpoint = Start();
        using var peer = new RawPeer(endpoint);
        peer.Send("\r\n\r\n");
        Assert.Equal("\r\n", await peer.Text());
    }

    [Fact]
    public async Task Success_of_an_invite_is_repeated_by_the_agent_until_ack_and_then_ended()
    {
        await using var endpoint = Start();
        var agent = new UserAgent(endpoint, new UserAgentOptions());
        var log = new EventLog();
        agent.OnInvite = session =>
        {
            session.OnEvent = log.Take;
            session.Accept(null);
        };
        using var peer = new RawPeer(endpoint);
        peer.Send(Request("INVITE", "z9hG4bKa").Replace("Max-Forwards", $"Contact: <sip:a@{peer.Address}>\r\nMax-Forwards", StringComparison.Ordinal));
        Assert.Equal(200, (await peer.Response()).StatusCode);
        Assert.Equal(200, (await peer.Response()).StatusCode);
        Assert.Equal(SessionEndCause.NoAck, (await log.Next<SessionEvent.Ended>()).Cause);
        while ((await peer.Message()) is not SipRequest { Method: "BYE" })
        {
            // Repeats of the 2xx come before the BYE.
        }
    }
}
