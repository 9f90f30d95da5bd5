using System.Diagnostics;
using System.Globalization;
using System.Net;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Interop;

/// <summary>Calls with SIPp, an independent implementation.</summary>
public sealed class SippTests
{
    private const string Program = "/usr/bin/sipp";

    private static Process Sipp(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    private static void End(Process process)
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    [Theory]
    [InlineData("u1")]
    [InlineData("t1")]
    public async Task Sipp_calls_us(string transport)
    {
        Assert.SkipUnless(File.Exists(Program), "SIPp is not installed");
        var folder = Directory.CreateTempSubdirectory("tandem-sipp").FullName;
        var log = new TestObserver();
        var agent = TestPair.Make(new UserAgentOptions { ContactUser = "bob" }, log);
        await using var endpoint = agent.Endpoint;
        var ended = 0;
        agent.OnInvite = session =>
        {
            session.OnEvent = (_, happened) =>
            {
                if (happened is SessionEvent.Ended { Cause: SessionEndCause.RemoteBye }) Interlocked.Increment(ref ended);
            };
            session.Ring();
            session.Accept(Sdps.Answer);
        };
        var address = endpoint.Listeners[0].Address;
        var sipp = Sipp(folder, "-sn", "uac", "-m", "20", "-r", "20", "-d", "100", "-t", transport, "-i", "127.0.0.1", "-nostdin", address.ToString());
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            await sipp.WaitForExitAsync(limit.Token);
            Assert.Equal(0, sipp.ExitCode);
            Assert.Equal(20, ended);
            Assert.Empty(agent.Sessions);
            Assert.True(log.Failures.IsEmpty && log.Refused.IsEmpty);
        }
        finally
        {
            End(sipp);
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task We_call_sipp()
    {
        Assert.SkipUnless(File.Exists(Program), "SIPp is not installed");
        var folder = Directory.CreateTempSubdirectory("tandem-sipp").FullName;
        var agent = TestPair.Make(new UserAgentOptions { ContactUser = "alice" });
        await using var endpoint = agent.Endpoint;
        int port;
        using (var probe = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }
        var sipp = Sipp(folder, "-sn", "uas", "-m", "5", "-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-nostdin");
        try
        {
            var to = SipUri.Of("service", new IPEndPoint(IPAddress.Loopback, port));
            for (var i = 0; i < 5; i++)
            {
                var log = new EventLog();
                var session = agent.Invite(new OutgoingInvite(to, new NameAddress(SipUri.Of("alice", "example.org"))) { Sdp = Sdps.Offer }, log.Take);
                Assert.Equal(180, (await log.Next<SessionEvent.Provisional>()).Response.StatusCode);
                var answered = await log.Next<SessionEvent.Answered>();
                Assert.Contains("m=audio", answered.Response.BodyText, StringComparison.Ordinal);
                session.Bye();
                await log.Next<SessionEvent.Ended>();
            }
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await sipp.WaitForExitAsync(limit.Token);
            Assert.Equal(0, sipp.ExitCode);
        }
        finally
        {
            End(sipp);
            Directory.Delete(folder, true);
        }
    }
}
