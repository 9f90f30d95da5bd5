using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Hosting;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Live;

/// <summary>The whole role on IPv6 alone: phones register, call and are called there.</summary>
public sealed class Ipv6Tests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePorts.One();
    private readonly int _ctiPort = FreePorts.One();
    private IRole? _role;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!Socket.OSSupportsIPv6) return;
        _role = await SipServerRole.StartAsync(
            new RoleContext
            {
                Configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["port"] = $"{_port}",
                    ["ctiPort"] = $"{_ctiPort}",
                    ["ctiClients:0:name"] = "test",
                    ["ctiClients:0:token"] = LiveServer.Token,
                    ["ctiClients:0:dns:0"] = "*",
                    ["ctiClients:0:admin"] = "true",
                }).Build(),
                DataFolder = _folder.Path,
                Listen = IPAddress.IPv6Loopback,
                Advertise = IPAddress.IPv6Loopback,
                Time = TimeProvider.System,
                Loggers = NullLoggerFactory.Instance,
            },
            Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_role is not null) await _role.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SipTransport.Udp)]
    [InlineData(SipTransport.Tcp)]
    public async Task A_phone_registers_calls_and_is_called(SipTransport transport)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var caller = await PhoneAsync("5001", transport);
        await using var callee = await PhoneAsync("7001", transport);
        var (mine, answered) = caller.Call("7001");
        var theirs = await callee.Rung.WaitAsync(Patience, Stop);
        callee.Accept(theirs);
        Assert.True(await answered.WaitAsync(Patience, Stop));
        var offered = SdpSession.Parse(theirs.Invite.BodyText);
        Assert.Equal("::1", offered.Origin.Address);
        Assert.Contains("IN IP6 ::1", theirs.Invite.BodyText, StringComparison.Ordinal);
        Assert.True((await mine.ReInviteAsync(TestPhone.Offer(SdpDirection.SendOnly))).IsAccepted);
        theirs.End();
        await Phones.UntilAsync(() => mine.State is InviteSessionState.Ended, "the end of the call");
    }

    private async Task<TestPhone> PhoneAsync(string dn, SipTransport transport)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://[::1]:{_ctiPort}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LiveServer.Token);
        using var body = new StringContent($$"""{"password":"pw-{{dn}}"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync($"/configuration/dns/{dn}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        var phone = new TestPhone(dn, _port, transport, address: IPAddress.IPv6Loopback);
        await phone.RegisterAsync(Stop);
        return phone;
    }
}
