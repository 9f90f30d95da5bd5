using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>An agent's PC: a painted display and the real service, against a <see cref="StubRws"/>.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Origin = "http://127.0.0.1:8080";

    private readonly TempFolder folder = new();
    private readonly bool separate;
    private string? dataFolder;
    private RunningProcess? service;
    private RunningProcess? worker;
    private XvfbDisplay? display;
    private PaintedScreen? painted;

    public Desk(bool separate = false) => this.separate = separate;

    public StubRws Rws { get; } = new();
    public int Port { get; } = FreePorts.One();
    public Uri Address => new($"http://127.0.0.1:{Port}");
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false });
    public RunningProcess Service => service!;
    public RunningProcess Worker => worker!;
    public XvfbDisplay Display => display!;
    public string DataFolder { get => dataFolder ?? folder.At("data"); set => dataFolder = value; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="separate">Service and worker have lives of their own, as installed; else one is the other's child.</param>
    public static async Task<Desk> StartAsync(bool separate = false)
    {
        var desk = new Desk(separate);
        await desk.BeginAsync();
        return desk;
    }

    /// <param name="paint">Whether something changes on the display.</param>
    /// <param name="more">Further arguments of the service.</param>
    public async Task BeginAsync(bool paint = true, params string[] more)
    {
        await Rws.StartAsync();
        display = await XvfbDisplay.StartAsync(1024, 600, Stop);
        if (paint)
            painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await StartServiceAsync(["--enrol", "good", .. more]);
        if (separate)
            StartWorker();
    }

    /// <summary>Pairs a desktop.</summary>
    /// <returns>The header that its requests bear.</returns>
    public async Task<(string Name, string Value)> PairAsync()
    {
        using var paired = await SendAsync(HttpMethod.Post, "/tandem/pair", """{"token":"pair-1"}""");
        using var reply = JsonDocument.Parse(await paired.Content.ReadAsStringAsync(Stop));
        return ("X-Tandem-Token", reply.RootElement.GetProperty("sessionToken").GetString()!);
    }

    public async Task StartServiceAsync(params string[] more)
    {
        string[] mode = separate ? ["service", "--socket", folder.At("worker")] : ["run", "--display", Display.Name];
        Func<Dictionary<string, string>, string[], RunningProcess> start = Limitable ? (environment, words) => Srs.StartIgnoring("XFSZ", environment, words) : Srs.Start;
        service = start(
            Environment, [.. mode, "--data", DataFolder, "--server", Rws.Address.ToString(), "--port", $"{Port}", "--origin", Origin, .. more]);
        await service.WaitForAsync("ready http://127.0.0.1:", Stop);
    }

    public void StartWorker() => worker = Srs.Start(Environment, "worker", "--socket", folder.At("worker"), "--display", Display.Name);

    public string WorkerSocket => folder.At("worker");

    /// <summary>Whether the service's files can be limited while it runs.</summary>
    public bool Limitable { get; init; }

    /// <summary>Of what is started from now on.</summary>
    public Dictionary<string, string> Environment { get; } = [];

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

    /// <summary>What RWS was sent of one stream, decoded.</summary>
    /// <param name="reduction">Of how many pixels of the display, along each side, one was made.</param>
    public async Task<Film> FilmAsync(string streamId, int reduction = 1)
    {
        using var films = new TempFolder();
        await File.WriteAllBytesAsync(films.At("a.mp4"), await Rws.MediaAsync(streamId, Stop), Stop);
        return await Film.ReadAsync(films.At("a.mp4"), Stop, reduction);
    }

    /// <summary>Starts a capture and waits until it runs.</summary>
    public async Task<string> CaptureAsync()
    {
        var captureId = Guid.NewGuid().ToString();
        await Rws.DesireAsync(captureId);
        await Rws.ReportedAsync(a => a.CaptureId == captureId && a.Phase == CapturePhase.Recording, Stop);
        return captureId;
    }

    /// <summary>Ends it as RWS does and waits for its report.</summary>
    public async Task<ScreenCaptureReport> EndAsync(string captureId)
    {
        await Rws.DesireAsync(null, end: EndReason.CallEnded);
        return await Rws.FiledAsync(captureId, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        if (worker is not null)
            await worker.DisposeAsync();
        if (painted is not null)
            await painted.DisposeAsync();
        if (display is not null)
            await display.DisposeAsync();
        await Rws.DisposeAsync();
        Http.Dispose();
        folder.Dispose();
    }
}
