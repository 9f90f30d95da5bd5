using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.Sip.Tests.Transport;

public sealed class TransportTests
{
    private static SipRequest Options(SipListener to) =>
        UserAgent.CreateRequest(SipMethods.Options, SipUri.Of("x", to.Address), SipUri.Parse("sip:a@x"));

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 503)]
    public async Task Tls_carries_requests_and_needs_a_trusted_certificate(bool trusted, int status)
    {
        using var certificate = TestCertificate.Create("sip.test");
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        await using var server = SipEndpoint.Start(new SipEndpointOptions { Listen = [loopback], ListenTls = [loopback], Certificate = certificate }, TimeProvider.System);
        server.OnRequest = t => t.Respond(t.Source.Transport == SipTransport.Tls ? 200 : 403);
        await using var client = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [loopback], TrustedRoots = trusted ? [certificate] : [] }, TimeProvider.System);
        var listener = server.Listeners.Single(l => l.Transport == SipTransport.Tls);
        var response = await client.Send(Options(listener), new SipDestination(SipTransport.Tls, listener.Address) { ServerName = "sip.test" }).Final;
        Assert.Equal(status, response.StatusCode);
    }

    /// <summary>RFC 3581 §4: the answer goes where the request came from, whatever its Via says, and names it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_goes_to_the_port_a_request_came_from_when_it_asks_for_that(bool asks)
    {
        await using var server = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] }, TimeProvider.System);
        server.OnRequest = t => t.Respond(200);
        using var behindNat = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var named = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)named.Client.LocalEndPoint!).Port;
        var request = $"OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bKnat{(asks ? ";rport" : "")}\r\n"
            + "From: <sip:a@x>;tag=f\r\nTo: <sip:x@127.0.0.1>\r\nCall-ID: nat\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        var to = server.Listeners.Single(one => one.Transport == SipTransport.Udp).Address;
        await behindNat.SendAsync(System.Text.Encoding.ASCII.GetBytes(request), to, TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var answer = System.Text.Encoding.ASCII.GetString((await (asks ? behindNat : named).ReceiveAsync(limit.Token)).Buffer);
        Assert.StartsWith("SIP/2.0 200", answer, StringComparison.Ordinal);
        var source = ((IPEndPoint)behindNat.Client.LocalEndPoint!).Port;
        Assert.Equal(asks, answer.Contains($"rport={source}", StringComparison.Ordinal));
        Assert.Equal(asks, answer.Contains("received=127.0.0.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SipTransport.Udp, false)]
    [InlineData(SipTransport.Udp, true)]
    [InlineData(SipTransport.Tcp, false)]
    [InlineData(SipTransport.Tcp, true)]
    [InlineData(SipTransport.Tls, false)]
    [InlineData(SipTransport.Tls, true)]
    public async Task Every_transport_carries_requests_over_both_families(SipTransport transport, bool ipv6)
    {
        Assert.SkipUnless(!ipv6 || Socket.OSSupportsIPv6, "no IPv6 here");
        using var certificate = TestCertificate.Create("sip.test");
        var loopback = new IPEndPoint(ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0);
        await using var server = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [loopback], ListenTls = [loopback], Certificate = certificate }, TimeProvider.System);
        SipRequest? seen = null;
        server.OnRequest = t =>
        {
            seen = t.Request;
            t.Respond(t.Source.Transport == transport ? 200 : 403);
        };
        await using var client = SipEndpoint.Start(new SipEndpointOptions { Listen = [loopback], TrustedRoots = [certificate] }, TimeProvider.System);
        var listener = server.Listeners.Single(l => l.Transport == transport);
        Assert.Equal(200, (await client.Send(Options(listener), new SipDestination(transport, listener.Address))
            .Final.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(loopback.Address.ToString(), seen!.TopVia!.Host);
        Assert.Equal(transport.ToString(), seen.TopVia.Transport, ignoreCase: true);
        Assert.Equal(loopback.Address.ToString(), seen.RequestUri.Host);
    }

    [Fact]
    public async Task Keep_alives_on_a_stream_are_answered()
    {
        await using var server = SipEndpoint.Start(new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] }, TimeProvider.System);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Listeners.Single(l => l.Transport == SipTransport.Tcp).Address, TestContext.Current.CancellationToken);
        var buffer = new byte[8];
        for (var i = 0; i < 2; i++)
        {
            await socket.SendAsync("\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal(2, await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
            Assert.Equal("\r\n", Encoding.ASCII.GetString(buffer, 0, 2));
        }
    }

    [Theory]
    [InlineData("192.0.2.1", 32853, "0001a147e112a643")] // RFC 5769 §2.2
    [InlineData("2001:db8:1234:5678:11:2233:4455:6677", 32853, "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9")] // RFC 5769 §2.3
    public void Stun_binding_says_the_senders_address_as_the_rfcs_vectors(string address, int port, string attribute)
    {
        var request = Convert.FromHexString("000100002112a442b7e7a701bc34d686fa87dfae");
        var answer = StunKeepAlive.Answer(request, new IPEndPoint(IPAddress.Parse(address), port))!;
        Assert.Equal(attribute, Convert.ToHexStringLower(answer.AsSpan(24)));
        Assert.Equal("0101", Convert.ToHexStringLower(answer.AsSpan(0, 2)));
        Assert.Equal("0020", Convert.ToHexStringLower(answer.AsSpan(20, 2)));
        Assert.Null(StunKeepAlive.Answer(request.AsSpan(0, 19), new IPEndPoint(IPAddress.Loopback, 1)));
        Assert.Null(StunKeepAlive.Answer("OPTIONS sip:x SIP/2.0"u8, new IPEndPoint(IPAddress.Loopback, 1)));
    }

    [Fact]
    public async Task Stun_keep_alive_on_the_sip_port_is_answered()
    {
        await using var server = SipEndpoint.Start(new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] }, TimeProvider.System);
        using var peer = new RawPeer(server);
        peer.Send(Convert.FromHexString("000100002112a442b7e7a701bc34d686fa87dfae"));
        var answer = Encoding.Latin1.GetBytes(await peer.Text());
        Assert.Equal("0101000c2112a442b7e7a701bc34d686fa87dfae", Convert.ToHexStringLower(answer.AsSpan(0, 20)));
    }

    [Fact]
    public async Task Taken_port_is_named()
    {
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        await using var first = SipEndpoint.Start(new SipEndpointOptions { Listen = [loopback] }, TimeProvider.System);
        var taken = first.Listeners[0].Address;
        var fault = Assert.Throws<SipListenException>(() => SipEndpoint.Start(new SipEndpointOptions { Listen = [taken] }, TimeProvider.System));
        Assert.Contains(taken.ToString(), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_on_a_stream_are_answered_however_they_are_cut()
    {
        await using var server = SipEndpoint.Start(new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] }, TimeProvider.System);
        server.OnRequest = t =>
        {
            var response = t.CreateResponse(200);
            response.SetBody("text/plain", t.Request.BodyText);
            t.Respond(response);
        };
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Listeners.Single(l => l.Transport == SipTransport.Tcp).Address, TestContext.Current.CancellationToken);
        var text = new StringBuilder("\r\n\r\n");
        for (var i = 0; i < 5; i++)
        {
            text.Append("MESSAGE sip:b@x SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK" + i + "\r\nFrom: <sip:a@x>;tag=f\r\nTo: <sip:b@x>\r\n");
            text.Append("Call-ID: c" + i + "\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: " + (i * 1000) + "\r\n\r\n" + new string('m', i * 1000));
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        for (var at = 0; at < bytes.Length; at += 997)
            await socket.SendAsync(bytes.AsMemory(at, Math.Min(997, bytes.Length - at)), TestContext.Current.CancellationToken);
        var lengths = await ReadBodies(socket, 5);
        Assert.Equal([0, 1000, 2000, 3000, 4000], lengths);
    }

    [Fact]
    public async Task Call_over_tcp_reuses_the_connection_in_both_directions()
    {
        await using var pair = new TestPair();
        var got = new TaskCompletionSource<InviteSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Callee.OnInvite = session =>
        {
            session.Accept(Sdps.Answer);
            got.TrySetResult(session);
        };
        var log = new EventLog();
        pair.Caller.Invite(pair.InviteBob(SipTransport.Tcp), log.Take);
        await log.Next<SessionEvent.Answered>();
        var bob = await got.Task;
        await TestWait.Until(() => bob.State == InviteSessionState.Confirmed);
        bob.Bye();
        await log.Next<SessionEvent.Ended>();
        Assert.Equal(1, pair.Caller.Endpoint.ConnectionCount);
        Assert.Equal(1, pair.Callee.Endpoint.ConnectionCount);
    }

    private static async Task<List<int>> ReadBodies(Socket socket, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var lengths = new List<int>();
        var buffer = new byte[65_535];
        var filled = 0;
        while (lengths.Count < count)
        {
            filled += await socket.ReceiveAsync(buffer.AsMemory(filled), limit.Token);
            var used = 0;
            while (SipParser.ParseStream(buffer.AsMemory(used, filled - used)) is { Verdict: not SipVerdict.NeedMore } result)
            {
                used += result.Consumed;
                if (result.Message is { } message) lengths.Add(message.Body.Length);
            }
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
        return lengths;
    }
}
