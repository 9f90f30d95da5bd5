using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Resolution;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Transport;

public sealed class LocatorTests
{
    /// <summary>An answer that repeats the question's name by a compression pointer.</summary>
    private static byte[] Answer(ReadOnlySpan<byte> question, params SrvRecord[] records)
    {
        var bytes = new List<byte>(question.ToArray());
        bytes[2] |= 0x80;
        bytes[7] = (byte)records.Length;
        Span<byte> fields = stackalloc byte[6];
        foreach (var record in records)
        {
            var target = Encoding.ASCII.GetBytes(record.Target);
            bytes.AddRange([0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 60, 0, (byte)(target.Length + 8)]);
            BinaryPrimitives.WriteUInt16BigEndian(fields, (ushort)record.Priority);
            BinaryPrimitives.WriteUInt16BigEndian(fields[2..], (ushort)record.Weight);
            BinaryPrimitives.WriteUInt16BigEndian(fields[4..], (ushort)record.Port);
            bytes.AddRange(fields);
            bytes.AddRange([(byte)target.Length, .. target, 0]);
        }
        return [.. bytes];
    }

    [Fact]
    public void Answers_are_read_and_no_prefix_of_one_faults()
    {
        var question = DnsMessage.Ask(7, "_sip._udp.example.org")!;
        SrvRecord[] records = [new(1, 2, 5060, "a"), new(3, 0, 5070, "b")];
        var answer = Answer(question, records);
        Assert.True(DnsMessage.TryRead(answer, 7, out var read));
        Assert.Equal(records, read);
        Assert.False(DnsMessage.TryRead(answer, 8, out _));
        for (var length = 0; length < answer.Length; length++) Assert.False(DnsMessage.TryRead(answer.AsSpan(0, length), 7, out _));
    }

    [Fact]
    public void Pointer_loops_are_refused()
    {
        byte[] loop = [0, 7, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 0, 0, 0];
        Assert.False(DnsMessage.TryRead(loop, 7, out _));
    }

    [Fact]
    public void Lower_priority_comes_first()
    {
        var ordered = SrvLookup.Order([new(20, 100, 1, "c"), new(10, 0, 2, "a"), new(10, 50, 3, "b")]);
        Assert.Equal("c", ordered[2].Target);
        Assert.Equal(3, ordered.Count);
    }

    [Fact]
    public async Task Name_is_found_by_srv_and_a_dead_server_is_passed_over()
    {
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        await using var server = SipEndpoint.Start(new SipEndpointOptions { Listen = [loopback] }, TimeProvider.System);
        server.OnRequest = t => t.Respond(200);
        using var dead = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(loopback);
        using var names = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        names.Bind(loopback);
        var served = ServeAsync(names, new(10, 0, ((IPEndPoint)dead.LocalEndPoint!).Port, "localhost"), new(20, 0, server.Listeners[0].Address.Port, "localhost"));
        await using var client = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [loopback], NameServers = [(IPEndPoint)names.LocalEndPoint!] }, TimeProvider.System);
        var request = UserAgent.CreateRequest(SipMethods.Options, SipUri.Parse("sip:x@example.test;transport=tcp"), SipUri.Parse("sip:a@x"));
        var transaction = client.Send(request);
        var response = await transaction.Final.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(server.Listeners[0].Address.Port, transaction.Destination!.Address.Port);
        Assert.Equal("_sip._tcp.example.test", await served);
    }

    private static async Task<string> ServeAsync(Socket socket, params SrvRecord[] records)
    {
        var buffer = new byte[512];
        var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));
        await socket.SendToAsync(Answer(buffer.AsSpan(0, received.ReceivedBytes), records), received.RemoteEndPoint);
        var labels = new List<string>();
        for (var at = 12; buffer[at] != 0; at += buffer[at] + 1) labels.Add(Encoding.ASCII.GetString(buffer, at + 1, buffer[at]));
        return string.Join('.', labels);
    }
}
