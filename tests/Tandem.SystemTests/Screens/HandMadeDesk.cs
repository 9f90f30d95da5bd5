using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Lab.Clients;
using Tandem.Lab.World;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;
using Tandem.WebServices.Tests.Client;

namespace Tandem.SystemTests.Screens;

/// <summary>A real server and one agent, recorded while ready, whose PC is played by the test.</summary>
internal sealed class HandMadeDesk : IAsyncDisposable
{
    private const string Agent = "a1";
    private readonly SimulatedWorld _world;
    private readonly WebServicesClient _agent;

    private HandMadeDesk(SimulatedWorld world, WebServicesClient agent, FakeRecorder recorder)
    {
        _world = world;
        _agent = agent;
        Recorder = recorder;
    }

    public FakeRecorder Recorder { get; }

    public static async Task<HandMadeDesk> StartAsync(TempFolder folder, CancellationToken stop)
    {
        var world = await SimulatedWorld.StartAsync(
            new WorldOptions { Agents = 0, DataFolder = folder.At("data"), Addresses = ServerAddresses.Free() }, TimeProvider.System, stop);
        using var dns = new SwitchAdmin(world.Addresses.CtiUri, LabSecrets.CtiAdminToken(folder.At("data")));
        await dns.PutDnAsync("7001", "phone-password", record: false, Agent, stop);
        var agent = new WebServicesClient(world.Addresses.WebUri, Agent, "a-long-password");
        await world.Admin.PutAgentAsync(Agent, agent.Password, "7001", recordAfterCallWork: false, "userState(Ready)", stop);
        using var admin = new HttpClient { BaseAddress = world.Addresses.WebUri };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{world.Admin.UserName}:{world.Admin.Password}")));
        var recorder = await FakeRecorder.EnrolAsync(world.Addresses.WebUri, admin);
        await recorder.SignInAsync(Agent, agent.Password);
        await recorder.ConnectAsync();
        await agent.AgentOperationAsync("StartContactCenterSession", stop);
        await agent.AgentOperationAsync("Ready", stop);
        return new HandMadeDesk(world, agent, recorder);
    }

    /// <summary>Lets the PC record and send this.</summary>
    /// <returns>The interaction.</returns>
    public async Task<string> RecordAsync(HandMadeScreen screen, CancellationToken stop)
    {
        var on = await Recorder.CommandAsync(state => state.On);
        await _agent.AgentOperationAsync("NotReady", stop);
        await Recorder.CommandAsync(state => !state.On);
        var nowUs = FakeRecorder.NowUs;
        await Recorder.UploadAsync(
            new ScreenCaptureReport
            {
                CaptureId = on.CaptureId!,
                AgentId = Agent,
                DeviceId = Recorder.DeviceId,
                StartUs = nowUs - (screen.LengthMs * 1_000),
                StopUs = nowUs,
                Parts = screen.Parts,
                Monitors = screen.Parts[0].Monitors!,
                EndReason = EndReason.StateEnded,
            }, [.. screen.Streams]);
        return (await _world.Admin.InteractionsAsync(stop)).Single()!["callUuid"]!.GetValue<string>();
    }

    /// <summary>The console, signed in as the administrator.</summary>
    public Task<IPage> OpenAsync(IBrowser browser, string path) =>
        PageWorld.OpenAsync(browser, _world.Addresses.WebUri, _world.Admin.UserName, _world.Admin.Password, path);

    public async ValueTask DisposeAsync()
    {
        await Recorder.DisposeAsync();
        _agent.Dispose();
        await _world.DisposeAsync();
    }
}
