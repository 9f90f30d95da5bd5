using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Phones;
using Tandem.Lab.Screens;

namespace Tandem.Lab.World;

/// <summary>An agent's desk: a phone, a display with a painted screen, a real SRS, and a desktop that signs in.</summary>
public sealed class AgentPlace : IAsyncDisposable
{
    private const int MonitorWidth = 1280, MonitorHeight = 720;

    private readonly XvfbDisplay _display;
    private readonly IReadOnlyList<PaintedScreen> _screens;
    private readonly string _spool;
    private readonly int _port = FreePorts.Next();
    private readonly CancellationTokenSource _leaving = new();
    private ScreenServiceClient? _desktop;
    private Task _pinging = Task.CompletedTask;

    private AgentPlace(SimulatedPhone phone, WebServicesClient web, string spool, XvfbDisplay display, IReadOnlyList<PaintedScreen> screens)
    {
        (Phone, Web, _spool, _display, _screens) = (phone, web, spool, display, screens);
    }

    public SimulatedPhone Phone { get; }

    /// <summary>RWS as the agent sees it.</summary>
    public WebServicesClient Web { get; }

    public XvfbDisplay Display => _display;

    public ScreenRecorderProcess? Recorder { get; private set; }

    /// <param name="spool">Data folder of this desk's SRS.</param>
    /// <param name="twoMonitors">Side by side, with a painted screen each.</param>
    public static async Task<AgentPlace> SetUpAsync(
        SimulatedPhone phone, WebServicesClient web, string spool, bool twoMonitors, TimeProvider time, CancellationToken stop)
    {
        var display = await XvfbDisplay.StartAsync(twoMonitors ? 2 * MonitorWidth : MonitorWidth, MonitorHeight, stop);
        if (twoMonitors)
            await display.SplitAsync(MonitorWidth, MonitorHeight, stop);
        var agent = $"agent {web.UserName[1..]}";
        var left = PaintedScreen.Start(display.Name, agent, time);
        return new AgentPlace(
            phone, web, spool, display, twoMonitors ? [left, PaintedScreen.Start(display.Name, agent, time, left: MonitorWidth)] : [left]);
    }

    /// <summary>Starts SRS on this desk.</summary>
    public async Task StartRecorderAsync(string? enrolmentToken, CancellationToken stop) =>
        Recorder = await ScreenRecorderProcess.StartAsync(_spool, Web.Address, enrolmentToken, _port, _display.Name, stop);

    /// <summary>Signs the agent in: at SRS as Genesys desktops do, then at RWS.</summary>
    public async Task SignInAsync(TimeProvider time, CancellationToken stop)
    {
        await SignInAtRecorderAsync(time, stop);
        await Web.AgentOperationAsync("StartContactCenterSession", stop);
        await Web.AgentOperationAsync("Ready", stop);
    }

    public async Task SignInAtRecorderAsync(TimeProvider time, CancellationToken stop)
    {
        var desktop = new ScreenServiceClient(Recorder!.Local, Web);
        await desktop.LoginAsync(Phone.Dn, stop);
        var first = _desktop is null;
        _desktop?.Dispose();
        _desktop = desktop;
        if (first)
            _pinging = PingAsync(time);
    }

    public async Task SignOutAsync(CancellationToken stop)
    {
        await _desktop!.LogoutAsync(stop);
        await Web.AgentOperationAsync("EndContactCenterSession", stop);
    }

    private async Task PingAsync(TimeProvider time)
    {
        while (true)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(15), time, _leaving.Token);
                await _desktop!.PingAsync(_leaving.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (HttpRequestException)
            {
                // SRS is away at this moment of the scenario; the desktop tries again at the next ping.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _pinging;
        _desktop?.Dispose();
        if (Recorder is not null)
            await Recorder.DisposeAsync();
        await Phone.DisposeAsync();
        foreach (var screen in _screens)
            await screen.DisposeAsync();
        await _display.DisposeAsync();
        Web.Dispose();
        _leaving.Dispose();
    }
}
