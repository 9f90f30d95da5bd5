using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Phones;
using Tandem.Lab.Screens;

namespace Tandem.Lab.World;

/// <summary>An agent's desk: a phone, a display with a painted screen, a real SRS, and a desktop that signs in.</summary>
public sealed class AgentPlace : IAsyncDisposable
{
    private readonly XvfbDisplay _display;
    private readonly PaintedScreen _screen;
    private readonly string _spool;
    private readonly int _port = FreePorts.Next();
    private readonly CancellationTokenSource _leaving = new();
    private ScreenServiceClient? _desktop;
    private Task _pinging = Task.CompletedTask;

    private AgentPlace(SimulatedPhone phone, WebServicesClient web, string spool, XvfbDisplay display, PaintedScreen screen)
    {
        (Phone, Web, _spool, _display, _screen) = (phone, web, spool, display, screen);
    }

    public SimulatedPhone Phone { get; }

    /// <summary>RWS as the agent sees it.</summary>
    public WebServicesClient Web { get; }

    public XvfbDisplay Display => _display;

    public ScreenRecorderProcess? Recorder { get; private set; }

    /// <param name="spool">Data folder of this desk's SRS.</param>
    public static async Task<AgentPlace> SetUpAsync(
        SimulatedPhone phone, WebServicesClient web, string spool, TimeProvider time, CancellationToken stop)
    {
        var display = await XvfbDisplay.StartAsync(1280, 720, stop);
        var screen = PaintedScreen.Start(display.Name, $"agent {web.UserName[1..]}", time);
        return new AgentPlace(phone, web, spool, display, screen);
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
        await _screen.DisposeAsync();
        await _display.DisposeAsync();
        Web.Dispose();
        _leaving.Dispose();
    }
}
