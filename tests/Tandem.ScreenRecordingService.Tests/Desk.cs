using System.Net.Http.Headers;
using System.Text;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>An agent's PC: a painted display and the real service, against a <see cref="StubRws"/>.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Origin = "http://127.0.0.1:8080";

    private readonly TempFolder folder = new();
    private RunningProcess? service;
    private XvfbDisplay? display;
    private PaintedScreen? painted;

    public StubRws Rws { get; } = new();
    public int Port { get; } = FreePorts.One();
    public Uri Address => new($"http://127.0.0.1:{Port}");
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false });
    public RunningProcess Service => service!;
    public XvfbDisplay Display => display!;
    public string DataFolder => folder.At("data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Desk> StartAsync()
    {
        var desk = new Desk();
        await desk.Rws.StartAsync();
        desk.display = await XvfbDisplay.StartAsync(1024, 600, Stop);
        desk.painted = PaintedScreen.Start(desk.display.Name, "agent 1", TimeProvider.System);
        await desk.StartServiceAsync("--enrol", "good");
        return desk;
    }

    public async Task StartServiceAsync(params string[] more)
    {
        service = Srs.Start([
            "run", "--data", DataFolder, "--server", Rws.Address.ToString(), "--port", $"{Port}", "--display", Display.Name, "--origin", Origin, .. more]);
        await service.WaitForAsync("ready http://127.0.0.1:", Stop);
    }

    public async Task StopServiceAsync()
    {
        await Srs.SignalAsync(Service, "TERM");
        Assert.Equal(0, Service.ExitCode);
    }

    /// <summary>A request as the desktop page makes it.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, string? origin = Origin, string? basic = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (basic is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        if (painted is not null)
            await painted.DisposeAsync();
        if (display is not null)
            await display.DisposeAsync();
        await Rws.DisposeAsync();
        Http.Dispose();
        folder.Dispose();
    }
}
