using Tandem.Lab.Browsers;
using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Phones;
using Tandem.Lab.Screens;
using Tandem.Lab.World;

namespace Tandem.Lab.Demo;

/// <summary>The demonstration's contact centre: real server, real SRS on a real display with Chromium on the workspace
/// page, two phones that speak.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    internal const string Agent = "a1";

    private readonly Stack<IAsyncDisposable> _parts = new();

    internal ServerAddresses Addresses { get; } = ServerAddresses.DocumentedOrFree();

    internal WebServicesClient Admin { get; private set; } = null!;

    internal WebServicesClient AgentWeb { get; private set; } = null!;

    internal CtiWatcher Cti { get; private set; } = null!;

    internal SimulatedPhone Customer { get; private set; } = null!;

    internal SimulatedPhone AgentPhone { get; private set; } = null!;

    internal ScreenRecorderProcess Recorder { get; private set; } = null!;

    internal ChromiumWindow Browser { get; private set; } = null!;

    internal static async Task<DemoWorld> StartAsync(
        string data, Conversation talk, TimeProvider time, Action<string> told, CancellationToken stop)
    {
        var world = new DemoWorld();
        try
        {
            told($"starting tandem up: RWS {world.Addresses.WebUri}, SIP Server 127.0.0.1:{world.Addresses.Sip}");
            world.Keep(await ServerProcess.StartAsync(data, world.Addresses, "sip,mcp,web", stop));
            await world.ProvisionAsync(data, talk, time, stop);
            await world.SetUpDeskAsync(data, time, told, stop);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    private async Task ProvisionAsync(string data, Conversation talk, TimeProvider time, CancellationToken stop)
    {
        Admin = new WebServicesClient(Addresses.WebUri, "admin", LabSecrets.AdminPassword(data));
        var token = LabSecrets.CtiAdminToken(data);
        using var dns = new SwitchAdmin(Addresses.CtiUri, token);
        Customer = await PhoneAsync(Parties.Customer, false, talk.Customer);
        AgentPhone = await PhoneAsync(Agent, true, talk.Agent);
        AgentWeb = new WebServicesClient(Addresses.WebUri, Agent, LabSecrets.NewPassword());
        await Admin.PutAgentAsync(Agent, AgentWeb.Password, AgentPhone.Dn, recordAfterCallWork: false, null, stop);
        Cti = Keep(await CtiWatcher.OpenAsync(Addresses.CtiSocket, token, [AgentPhone.Dn, Customer.Dn], stop));

        async Task<SimulatedPhone> PhoneAsync(string party, bool record, IAudioSource voice)
        {
            var (dn, password) = (Parties.DnOf(party), LabSecrets.NewPassword());
            await dns.PutDnAsync(dn, password, record, party, stop);
            var phone = Keep(new SimulatedPhone(dn, password, Addresses.Sip, voice, time));
            await phone.RegisterAsync(stop);
            return phone;
        }
    }

    private async Task SetUpDeskAsync(string data, TimeProvider time, Action<string> told, CancellationToken stop)
    {
        var display = Environment.GetEnvironmentVariable("DISPLAY");
        if (string.IsNullOrEmpty(display))
            display = Keep(await XvfbDisplay.StartAsync(1280, 720, stop)).Name;
        var spool = Path.Combine(data, "lab", "srs");
        var enrol = Directory.Exists(spool) ? null : await Admin.EnrolmentTokenAsync(stop);
        var port = FreePorts.IsFree(8090) ? 8090 : FreePorts.Next();
        told($"starting tandem-srs on display {display}, its local API at 127.0.0.1:{port}, and Chromium on the workspace page");
        Recorder = Keep(await ScreenRecorderProcess.StartAsync(spool, Addresses.WebUri, enrol, port, display, stop));
        var page = new Uri(Addresses.WebUri, $"/workspace/?srs={port}");
        Browser = Keep(await ChromiumWindow.OpenAsync(display, page, time, stop));
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        Admin?.Dispose();
        AgentWeb?.Dispose();
    }
}
