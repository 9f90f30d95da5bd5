using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Bench;

/// <summary>From the SIP message a phone sends (180, 200, BYE) to the event it causes (Ringing, Established, Released) as
/// a CTI client has it, at 200 calls/s; the phones and the client live in this process and are part of what is
/// measured.</summary>
internal static class EventDelay
{
    private const int Rate = 200;
    private const int Calls = 4_000;
    private const int WarmUp = 1_000;
    private const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

    public static async Task MeasureAsync()
    {
        using var sipp = new Sipp();
        await using var server = await ServerUnderTest.StartAsync(CallLoad.Dns, sipp.CallerPort);
        await sipp.RegisterAsync(CallLoad.Dns, server.Port, 200, sipp.CalleePort);
        var sent = new ConcurrentDictionary<(string Call, string Event), long>();
        await using var callee = Endpoint(sipp.CalleePort);
        var answering = new UserAgent(callee, new UserAgentOptions()) { OnInvite = session => _ = AnswerAsync(session, sent) };
        await using var caller = Endpoint(sipp.CallerPort);
        var calling = new UserAgent(caller, new UserAgentOptions());
        await using var cti = await EventClock.OpenAsync(server.CtiPort, CallLoad.Dns);
        await CallAsync(calling, server.Port, WarmUp);
        cti.Seen.Clear();
        sent.Clear();
        await CallAsync(calling, server.Port, Calls);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        Console.WriteLine($"events after the SIP message that caused them, {Calls} calls at {Rate}/s    p50 ms   p99 ms   most ms");
        foreach (var name in (string[])[CtiEventNames.Ringing, CtiEventNames.Established, CtiEventNames.Released])
            Print(name, sent, cti.Seen);
        GC.KeepAlive(answering);
    }

    private static SipEndpoint Endpoint(int port) => SipEndpoint.Start(
        new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, port)], Tcp = false }, TimeProvider.System);

    private static void Print(
        string name, ConcurrentDictionary<(string Call, string Event), long> sent,
        ConcurrentDictionary<(string Call, string Event), long> seen)
    {
        var delays = sent.Where(one => one.Key.Event == name && seen.ContainsKey(one.Key))
            .Select(one => Stopwatch.GetElapsedTime(one.Value, seen[one.Key]).TotalMilliseconds).Order().ToArray();
        if (delays.Length == 0) throw new InvalidOperationException($"no {name} came");
        Console.WriteLine(
            $"  {name,-20} of {delays.Length,5} calls {"",26} {delays[delays.Length / 2],12:0.00} {delays[delays.Length * 99 / 100],8:0.00} {delays[^1],9:0.00}");
    }

    private static async Task AnswerAsync(InviteSession session, ConcurrentDictionary<(string Call, string Event), long> sent)
    {
        var call = session.Invite.Headers["X-Genesys-CallUUID"]!;
        sent[(call, CtiEventNames.Ringing)] = Stopwatch.GetTimestamp();
        session.Ring();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        sent[(call, CtiEventNames.Established)] = Stopwatch.GetTimestamp();
        session.Accept(Sdp);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        sent[(call, CtiEventNames.Released)] = Stopwatch.GetTimestamp();
        session.End();
    }

    private static async Task CallAsync(UserAgent agent, int port, int calls)
    {
        var server = new IPEndPoint(IPAddress.Loopback, port);
        var from = new NameAddress(SipUri.Of("5550001", server));
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < calls; number++)
        {
            var late = TimeSpan.FromSeconds(number / (double)Rate) - watch.Elapsed;
            if (late > TimeSpan.FromMilliseconds(1)) await Task.Delay(late, TimeProvider.System);
            agent.Invite(
                new OutgoingInvite(SipUri.Of(CallLoad.Dns[number % CallLoad.Dns.Count], server), from)
                {
                    Destination = new SipDestination(SipTransport.Udp, server),
                    Sdp = Sdp,
                },
                (_, _) => { });
        }
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
    }
}
