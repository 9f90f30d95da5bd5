using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Tandem.Contracts.Cti;
using Tandem.Hosting;
using Tandem.Lab.Clients;
using Tandem.Lab.Phones;
using Tandem.SipServer.Tests.Calls;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Live;

/// <summary>A real SIP Server role on loopback, with phones of the lab and a CTI client that watches all DNs.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    public const string Token = "token-of-the-test-0001";

    private readonly TempFolder _folder = new();
    private readonly List<SimulatedPhone> _phones = [];
    private readonly IReadOnlyDictionary<string, string?> _more;
    private IRole? _role;

    private LiveServer(IReadOnlyDictionary<string, string?> more) => _more = more;

    /// <summary>Warnings and errors of the role.</summary>
    public LogBook Log { get; } = new();

    public int SipPort { get; } = FreePorts.One();

    public int CtiPort { get; } = FreePorts.One();

    public int McpPort { get; } = FreePorts.One();

    public FakeMcp? Mcp { get; private set; }

    public CtiWatcher Cti { get; set; } = null!;

    public Uri CtiUri => new($"ws://127.0.0.1:{CtiPort}/cti/v1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="dns">DN and whether it is recorded; each gets a registered phone.</param>
    public static Task<LiveServer> StartAsync(bool withMcp, params (string Dn, bool Record)[] dns) =>
        StartAsync(new Dictionary<string, string?>(), withMcp, dns);

    /// <param name="more">Options of the role besides those every test has.</param>
    public static async Task<LiveServer> StartAsync(
        IReadOnlyDictionary<string, string?> more, bool withMcp, params (string Dn, bool Record)[] dns)
    {
        var server = new LiveServer(more);
        if (withMcp) server.Mcp = new FakeMcp(server.McpPort);
        await server.StartRoleAsync();
        foreach (var (dn, record) in dns)
        {
            await server.PutAsync($"/configuration/dns/{dn}", $$"""{"password":"pw-{{dn}}","record":{{(record ? "true" : "false")}}}""");
            await server.AddPhoneAsync(dn);
        }

        server.Cti = await CtiWatcher.OpenAsync(server.CtiUri, Token, dns.Select(one => one.Dn), Stop);
        return server;
    }

    /// <summary>An MCP that knows nothing of the one before it.</summary>
    public void RestartMcp() => Mcp = new FakeMcp(McpPort);

    public async Task StartRoleAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["port"] = $"{SipPort}",
            ["ctiPort"] = $"{CtiPort}",
            ["mcp:0:host"] = "127.0.0.1",
            ["mcp:0:port"] = $"{McpPort}",
            ["ctiClients:0:name"] = "test",
            ["ctiClients:0:token"] = Token,
            ["ctiClients:0:dns:0"] = "*",
            ["ctiClients:0:admin"] = "true",
            ["ctiClients:1:name"] = "narrow",
            ["ctiClients:1:token"] = "token-of-the-narrow-one",
            ["ctiClients:1:dns:0"] = "7001",
        };
        foreach (var (key, value) in _more) settings[key] = value;
        _role = await SipServerRole.StartAsync(
            new RoleContext
            {
                Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
                DataFolder = _folder.Path,
                Listen = IPAddress.Loopback,
                Advertise = IPAddress.Loopback,
                Time = TimeProvider.System,
                Loggers = Log,
            },
            Stop);
    }

    public async Task StopRoleAsync()
    {
        if (_role is not null) await _role.DisposeAsync();
        _role = null;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json, string token = Token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{CtiPort}") };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, Stop);
    }

    public async Task PutAsync(string path, string json)
    {
        using var response = await SendAsync(HttpMethod.Put, path, json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    public SimulatedPhone NewPhone(string dn, string? password = null)
    {
        var phone = new SimulatedPhone(dn, password ?? $"pw-{dn}", SipPort, new ToneSource(440), TimeProvider.System);
        _phones.Add(phone);
        return phone;
    }

    public SimulatedPhone Phone(string dn) => _phones.First(phone => phone.Dn == dn);

    /// <summary>An answered call; returns both ends and its ConnID.</summary>
    public async Task<(PhoneCall Caller, PhoneCall Callee, string ConnId)> TalkAsync(string caller, string callee)
    {
        var out1 = Phone(caller).Dial(callee);
        var in1 = await Phone(callee).RingAsync(Stop);
        await in1.AnswerAsync(Stop);
        await out1.Talking.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        var said = await Cti.WaitAsync(CtiEventNames.Established, callee, Stop);
        return (out1, in1, said.ConnID!);
    }

    public Task<CtiEvent> AskAsync(string name, string dn, string? connId = null, string? other = null, string? message = null) =>
        Cti.AskAsync(
            name, request => request with { ThisDN = dn, ConnID = connId, OtherDN = other, Message = message }, Stop);

    /// <summary>Waits until this DN has been told the event so many times.</summary>
    public async Task ToldAsync(string dn, string name, int times = 1)
    {
        for (var i = 0; i < 1000 && Cti.Events.Count(one => one.ThisDN == dn && one.Name == name) < times; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
    }

    /// <summary>All that one DN was told about calls, as text.</summary>
    public IReadOnlyList<string> Story(string dn) => new EventText().Of(Cti.Events.Where(one =>
        one.ThisDN == dn && one.ConnID is not null && one.Name is not CtiEventNames.Acknowledged and not CtiEventNames.Error));

    public async ValueTask DisposeAsync()
    {
        if (Cti is not null) await Cti.DisposeAsync();
        foreach (var phone in _phones) await phone.DisposeAsync();
        await StopRoleAsync();
        if (Mcp is not null) await Mcp.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AddPhoneAsync(string dn) => await NewPhone(dn).RegisterAsync(Stop);
}
