using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Messages;
using Tandem.Sip.Resolution;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Transport;

public sealed class LocatorTests
{
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Answers_are_read_and_no_prefix_of_one_faults()
    {
        var question = DnsMessage.Ask(7, "_sip._udp.example.org", DnsMessage.SrvType)!;
        SrvRecord[] records = [new(1, 2, 5060, "a"), new(3, 0, 5070, "b")];
        var answer = NameServer.Answer(question, records);
        Assert.True(DnsMessage.TryReadServers(answer, 7, out var read));
        Assert.Equal(records, read);
        Assert.False(DnsMessage.TryReadServers(answer, 8, out _));
        for (var length = 0; length < answer.Length; length++) Assert.False(DnsMessage.TryReadServers(answer.AsSpan(0, length), 7, out _));
    }

    [Fact]
    public void Services_are_read_and_no_prefix_of_them_faults()
    {
        var question = DnsMessage.Ask(7, "example.org", DnsMessage.NaptrType)!;
        NaptrRecord[] records = [new(50, 50, "s", "SIPS+D2T", "_sips._tcp.example.org"), new(90, 10, "s", "SIP+D2U", "u.example.org")];
        var answer = NameServer.Answer(question, records);
        Assert.True(DnsMessage.TryReadServices(answer, 7, out var read));
        Assert.Equal(records, read);
        for (var length = 0; length < answer.Length; length++) Assert.False(DnsMessage.TryReadServices(answer.AsSpan(0, length), 7, out _));
    }

    [Fact]
    public void Pointer_loops_are_refused()
    {
        byte[] loop = [0, 7, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 0, 0, 0];
        Assert.False(DnsMessage.TryReadServers(loop, 7, out _));
    }

    [Fact]
    public void Lower_priority_comes_first()
    {
        var ordered = DnsLookup.Order([new(20, 100, 1, "c"), new(10, 0, 2, "a"), new(10, 50, 3, "b")]);
        Assert.Equal("c", ordered[2].Target);
        Assert.Equal(3, ordered.Count);
    }

    [Fact]
    public async Task Name_is_found_by_srv_and_a_dead_server_is_passed_over()
    {
        await using var server = Server();
        using var dead = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(Loopback);
        using var names = new NameServer();
        names.Add("_sip._tcp.example.test", new SrvRecord(10, 0, ((IPEndPoint)dead.LocalEndPoint!).Port, "localhost"));
        names.Add("_sip._tcp.example.test", new SrvRecord(20, 0, server.Listeners[0].Address.Port, "localhost"));
        var transaction = await AskAsync("sip:x@example.test;transport=tcp", names);
        Assert.Equal(200, (await transaction.Final).StatusCode);
        Assert.Equal(server.Listeners[0].Address.Port, transaction.Destination!.Address.Port);
        Assert.Equal(["_sip._tcp.example.test"], names.Asked);
    }

    [Fact]
    public async Task Naptr_chooses_the_transport_and_what_we_do_not_speak_is_passed_over()
    {
        await using var server = Server();
        using var names = new NameServer();
        names.Add("example.test", new NaptrRecord(10, 0, "s", "SIP+D2S", "_sip._sctp.example.test"));
        names.Add("example.test", new NaptrRecord(20, 5, "s", "SIP+D2U", "udp.example.test"));
        names.Add("example.test", new NaptrRecord(20, 1, "s", "SIP+D2T", "tcp.example.test"));
        names.Add("tcp.example.test", new SrvRecord(10, 0, server.Listeners[0].Address.Port, "localhost"));
        var transaction = await AskAsync("sip:x@example.test", names);
        Assert.Equal(200, (await transaction.Final).StatusCode);
        Assert.Equal(SipTransport.Tcp, transaction.Destination!.Transport);
        Assert.Equal(["example.test", "tcp.example.test", "udp.example.test"], names.Asked);
    }

    [Fact]
    public async Task Without_naptr_every_transport_is_asked_for_by_srv()
    {
        await using var server = Server();
        using var names = new NameServer();
        names.Add("_sip._tcp.example.test", new SrvRecord(10, 0, server.Listeners[0].Address.Port, "localhost"));
        var transaction = await AskAsync("sip:x@example.test", names);
        Assert.Equal(SipTransport.Tcp, transaction.Destination!.Transport);
        Assert.Equal(["example.test", "_sip._udp.example.test", "_sip._tcp.example.test"], names.Asked);
    }

    private static SipEndpoint Server()
    {
        var server = SipEndpoint.Start(new SipEndpointOptions { Listen = [Loopback] }, TimeProvider.System);
        server.OnRequest = transaction => transaction.Respond(200);
        return server;
    }

    private static async Task<ClientTransaction> AskAsync(string target, NameServer names)
    {
        await using var client = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [Loopback], NameServers = [names.Address] }, TimeProvider.System);
        var request = UserAgent.CreateRequest(SipMethods.Options, SipUri.Parse(target), SipUri.Parse("sip:a@x"));
        var transaction = client.Send(request);
        await transaction.Final.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        return transaction;
    }
}
