using Tandem.Contracts.Cti;

namespace Tandem.WebServices.Tests.Client;

/// <summary>A small contact centre: switch, role web, agent a1 (7001).</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string Password = "a-long-password";
    public const string Conn = "00000000000000c1";
    public const string Uuid = "00000000000000000000000000000001";
    public const string Segment = "5e600000-0000-4000-8000-000000000001";

    private Site(FakeSwitch cti, TestWeb web, string adminPassword)
    {
        Cti = cti;
        Web = web;
        AdminPassword = adminPassword;
        Admin = web.As("admin", adminPassword);
    }

    public FakeSwitch Cti { get; }

    public TestWeb Web { get; private set; }

    public HttpClient Admin { get; private set; }

    public string AdminPassword { get; }

    /// <param name="more">Settings of role web.</param>
    public static async Task<Site> StartAsync(params (string Key, string Value)[] more)
    {
        var cti = await FakeSwitch.StartAsync();
        var settings = new Dictionary<string, string?>(cti.Settings);
        foreach (var (key, value) in more)
            settings[key] = value;
        var web = await TestWeb.StartAsync(settings);
        var site = new Site(cti, web, web.FirstPassword);
        foreach (var (agent, dn) in new[] { ("a1", "7001") })
        {
            await site.Admin.PutOkAsync(
                $"/api/v2/agents/{agent}",
                new { userName = agent, password = Password, firstName = "Agent", lastName = agent, dn, roles = new[] { "agent" } });
        }

        return site;
    }

    /// <summary>Stops role web and starts it again on the same data, on a new port.</summary>
    public async Task RestartWebAsync(Func<Task>? meanwhile = null)
    {
        Admin.Dispose();
        await Web.StopAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        Web = await TestWeb.StartAsync(Cti.Settings, Web.Folder);
        Admin = Web.As("admin", AdminPassword);
    }

    public async Task StartWorkAsync(string agent)
    {
        using var client = Web.As(agent, Password);
        await Eventually.AsyncOf(
            async () =>
            {
                using var reply = await client.SendJsonAsync(HttpMethod.Post, "/api/v2/me", new { operationName = "StartContactCenterSession" });
                return reply.IsSuccessStatusCode ? "started" : null;
            },
            "the agent at work");
    }

    public async Task<FakeRecorder> RecorderAsync(string? agent)
    {
        var recorder = await FakeRecorder.EnrolAsync(Web.Address, Admin);
        if (agent is not null)
        {
            await recorder.SignInAsync(agent, Password);
        }

        await recorder.ConnectAsync();
        return recorder;
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Web.DisposeAsync();
        await Cti.DisposeAsync();
    }

    public static CtiEvent Event(string name, string dn = "7001", string conn = Conn, string uuid = Uuid) => new()
    {
        Name = name,
        Time = default,
        ThisDN = dn,
        OtherDN = "5550001",
        ConnID = conn,
        CallUUID = uuid,
        CallType = CallType.Inbound,
    };

    public static CtiEvent Recording(RecordingState state, string dn = "7001", string segment = Segment, string conn = Conn, string uuid = Uuid) =>
        Event(CtiEventNames.Recording, dn, conn, uuid) with { Recording = new RecordingReport(state, segment) };
}
