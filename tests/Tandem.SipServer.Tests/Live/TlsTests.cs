using System.Net;
using System.Security.Cryptography.X509Certificates;
using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Live;

/// <summary>SIP over TLS.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_phone_registers_calls_and_is_called_over_tls()
    {
        var (options, port, roots) = Tls();
        await using var server = await LiveServer.StartAsync(options, true, ("5001", false));
        await server.PutAsync("/configuration/dns/7001", """{"password":"pw-7001","record":true}""");
        await using var phone = new TestPhone("7001", port, SipTransport.Tls, roots);
        await phone.RegisterAsync(Stop);
        var inbound = server.Phone("5001").Dial("7001");
        var rung = await phone.Rung.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal(SipTransport.Tls, rung.Source!.Transport);
        phone.Accept(rung);
        await inbound.Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await inbound.HangUpAsync(Stop);
        var (mine, theirs) = await server.CallAsync(phone, "5001");
        Assert.Equal("tls", mine.Dialog!.RemoteTarget.Transport);
        mine.End();
        await theirs.Over.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task A_trunk_over_tls_is_reached_and_admitted()
    {
        var (options, port, roots) = Tls();
        await using var server = await LiveServer.StartAsync(options, false, ("5001", false));
        using var usable = Usable();
        await using var carrier = SipEndpoint.Start(
            new SipEndpointOptions
            {
                Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
                ListenTls = [new IPEndPoint(IPAddress.Loopback, 0)],
                Certificate = usable,
                TrustedRoots = roots,
            },
            TimeProvider.System);
        var asked = new TaskCompletionSource<SipRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        carrier.OnRequest = transaction =>
        {
            asked.TrySetResult(transaction.Request);
            transaction.Respond(486);
        };
        var listener = carrier.Listeners.Single(one => one.Transport == SipTransport.Tls).Address;
        await server.PutAsync(
            "/configuration/trunks/carrier",
            $$"""{"address":"127.0.0.1","port":{{listener.Port}},"transport":"tls","prefixes":["0"]}""");
        var call = server.Phone("5001").Dial("0123");
        var invite = await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal("TLS", invite.TopVia!.Transport);
        Assert.Equal("tls", invite.Contact!.Uri.Transport);
        await Assert.ThrowsAnyAsync<Exception>(() => call.Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop));

        // From any port of the trunk's address, but only over its transport.
        var request = Sip.UserAgents.UserAgent.CreateRequest(SipMethods.Invite, SipUri.Of("5001", "127.0.0.1"), SipUri.Parse("sip:0123@x"));
        request.Headers.Add("Contact", "<sip:0123@127.0.0.1>");
        var refused = carrier.Send(request, new SipDestination(SipTransport.Udp, new IPEndPoint(IPAddress.Loopback, server.SipPort)));
        Assert.Equal(407, (await refused.Final.WaitAsync(TimeSpan.FromSeconds(30), Stop)).StatusCode);
        var admitted = Sip.UserAgents.UserAgent.CreateRequest(SipMethods.Invite, SipUri.Of("5001", "127.0.0.1"), SipUri.Parse("sip:0123@x"));
        admitted.Headers.Add("Contact", "<sip:0123@127.0.0.1>");
        var ringing = carrier.Send(admitted, new SipDestination(SipTransport.Tls, new IPEndPoint(IPAddress.Loopback, port)));
        _ = await server.Phone("5001").RingAsync(Stop);
        ringing.Cancel();
        Assert.Equal(487, (await ringing.Final.WaitAsync(TimeSpan.FromSeconds(30), Stop)).StatusCode);
    }

    [Fact]
    public async Task A_call_is_recorded_by_an_mcp_over_tls()
    {
        var (options, _, _) = Tls();
        var port = FreePorts.One();
        using var certificate = Usable();
        await using var mcp = new FakeMcp(port, certificate);
        options["mcp:0:port"] = $"{port}";
        options["mcp:0:tls"] = "true";
        await using var server = await LiveServer.StartAsync(options, false, ("5001", false), ("7001", true));
        var call = server.Phone("5001").Dial("7001");
        var answering = await server.Phone("7001").RingAsync(Stop);
        await answering.AnswerAsync(Stop);
        await call.Talking.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await Phones.UntilAsync(() => mcp.Told.Contains("record 7001"), "the recording");
        await call.HangUpAsync(Stop);
        await Phones.UntilAsync(() => mcp.Legs == 0, "the end of both legs");
    }

    [Fact]
    public async Task A_missing_certificate_stops_the_start_and_is_named()
    {
        var options = new Dictionary<string, string?> { ["tls:certificate"] = _folder.At("none.pem") };
        var fault = await Assert.ThrowsAsync<Hosting.OptionsException>(() => LiveServer.StartAsync(options, false));
        Assert.Contains("none.pem", fault.Message, StringComparison.Ordinal);
    }

    private X509Certificate2 Usable() =>
        new Hosting.SipTlsOptions { Certificate = _folder.At("sip.pem") }.Load();

    private (Dictionary<string, string?> Options, int Port, X509Certificate2Collection Roots) Tls()
    {
        File.WriteAllText(_folder.At("sip.pem"), TestCertificate.Pem("sip.test"));
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(_folder.At("sip.pem"));
        var port = FreePorts.One();
        var options = new Dictionary<string, string?>
        {
            ["tls:port"] = $"{port}",
            ["tls:certificate"] = _folder.At("sip.pem"),
            ["tls:trustedRoots"] = _folder.At("sip.pem"),
        };
        return (options, port, roots);
    }
}
