using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The part of RWS that SRS talks to, in memory: every request's signature is verified.</summary>
internal sealed class StubRws : IAsyncDisposable
{
    private readonly ConcurrentQueue<WebSocket> sockets = [];
    private readonly RSA ingestKey = RSA.Create(2048);
    private WebApplication? application;
    private ECDsa? deviceKey;
    private SrsMessage? newest;
    private long revision;

    /// <summary>Of what it desired last.</summary>
    public long Revision => revision;

    public StubRws()
    {
        Port = FreePorts.One();
        var request = new CertificateRequest("CN=ingest", ingestKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Ingest = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        Uploads = new StubUploads();
    }

    public int Port { get; }
    public Uri Address => new($"{(Certificate is null ? "http" : "https")}://127.0.0.1:{Port}");

    /// <summary>What it shows from the next start on; null: it speaks plain HTTP.</summary>
    public X509Certificate2? Certificate { get; set; }
    public X509Certificate2 Ingest { get; }
    public StubUploads Uploads { get; }
    public ConcurrentQueue<ActualState> Actual { get; } = [];
    public ConcurrentQueue<ScreenCaptureReport> Reports { get; } = [];
    public ConcurrentQueue<SignInRequest> SignIns { get; } = [];
    public ConcurrentQueue<string> SignOuts { get; } = [];
    public ConcurrentQueue<string> Refused { get; } = [];
    public ConcurrentQueue<DeviceHealth> Health { get; } = [];
    public int ClockSamples;

    /// <summary>As the real one: brings the code of its address to the recorder, and tells what became of it.</summary>
    private const string WorkspacePage = """
        <!doctype html><script>
        const port = new URLSearchParams(location.search).get('srs'), code = location.hash.slice('#pair='.length);
        const pair = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: 'pair-1', code }) };
        fetch(`http://127.0.0.1:${port}/tandem/pair`, pair).then(answer => answer.status, () => 0)
          .then(status => fetch('/visited', { method: 'POST', body: [location.search, location.hash, status].join('\n') }));
        </script>
        """;

    /// <summary>Query and fragment with which a browser opened the workspace page, and how the recorder answered it.</summary>
    public string[]? Visited { get; private set; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(Port, listen =>
        {
            if (Certificate is not null)
                listen.UseHttps(Certificate);
        }));
        application = builder.Build();
        application.UseWebSockets();
        application.Use(CheckSignatureAsync);
        application.MapPost("/api/v2/srs/enrol", (Delegate)EnrolAsync);
        application.MapPost("/api/v2/srs/sign-in", (Delegate)SignInAsync);
        application.MapPost("/api/v2/srs/sign-out", () => SignOuts.Enqueue("out"));
        application.Map("/api/v2/srs", SocketAsync);
        application.MapPost("/internal-api/contact-centers/default/screen-recordings", async (HttpContext context) =>
            Reports.Enqueue((await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJson.Default.ScreenCaptureReport))!));
        application.MapGet("/workspace/", () => Results.Content(WorkspacePage, "text/html"));
        application.MapPost("/visited", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Visited = (await reader.ReadToEndAsync()).Split('\n');
        });
        Uploads.Map(application);
        await application.StartAsync();
    }

    /// <summary>As a server that dies: connections cut, port closed; uploads and reports stay.</summary>
    public async Task StopAsync()
    {
        foreach (var socket in sockets)
            socket.Abort();
        sockets.Clear();
        if (application is not null)
        {
            await application.DisposeAsync();
            application = null;
        }
    }

    public Task DesireAsync(string? captureId, bool paused = false, EndReason? end = null, long maximumMs = 0, long offlineMs = 900_000, int reduction = 1, bool trackPerMonitor = false, string? encoder = null) =>
        SendAsync(newest = new SrsMessage
        {
            Desired = new DesiredState(++revision, captureId, captureId is null ? null : "a1", captureId is not null, paused, false, 10, maximumMs, offlineMs, end, reduction, trackPerMonitor, encoder),
        });

    /// <summary>As <see cref="DesireAsync"/> while SRS is away: it is told when it comes.</summary>
    public void DesireLater(string? captureId, EndReason? end = null) => newest = new SrsMessage
    {
        Desired = new DesiredState(++revision, captureId, captureId is null ? null : "a1", captureId is not null, false, false, 10, 0, 900_000, end),
    };

    /// <summary>Waits for a state that SRS reported, newest first.</summary>
    public Task<ActualState> ReportedAsync(Func<ActualState, bool> wanted, CancellationToken stop) =>
        Eventually.GetAsync(() => Actual.LastOrDefault(wanted), stop);

    public Task<ScreenCaptureReport> FiledAsync(string captureId, CancellationToken stop) =>
        Eventually.GetAsync(() => Reports.LastOrDefault(r => r.CaptureId == captureId), stop);

    /// <summary>The plaintext of a stream, once it is whole.</summary>
    public async Task<byte[]> MediaAsync(string streamId, CancellationToken stop)
    {
        var upload = await Eventually.GetAsync(() => Uploads.Whole(streamId), stop);
        return upload.Unseal(Ingest);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Ingest.Dispose();
        ingestKey.Dispose();
        deviceKey?.Dispose();
    }

    private async Task SendAsync(SrsMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.Default.SrsMessage);
        var socket = await Eventually.GetAsync(() => sockets.LastOrDefault(s => s.State == WebSocketState.Open), TestContext.Current.CancellationToken);
        await socket.SendAsync(json, WebSocketMessageType.Text, true, CancellationToken.None);
    }

    private async Task CheckSignatureAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path != "/api/v2/srs/enrol" && !IsPage(request.Path) && (deviceKey is null
            || !DeviceSignature.TryParse(request.Headers.Authorization, out var signature)
            || !signature!.Verify(request.Method, request.Path, deviceKey, TimeProvider.System)))
        {
            Refused.Enqueue($"{request.Method} {request.Path}");
            context.Response.StatusCode = 401;
            return;
        }
        await next(context);
    }

    private static bool IsPage(string path) => path is "/workspace/" or "/visited";

    private async Task<IResult> EnrolAsync(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJson.Default.EnrolRequest);
        if (request!.Token != "good")
            return Results.StatusCode(403);
        deviceKey = ECDsa.Create();
        deviceKey.ImportSubjectPublicKeyInfo(Convert.FromBase64String(request.PublicKey), out _);
        return Results.Text(
            JsonSerializer.Serialize(new EnrolReply("pc-1", "default", Ingest.ExportCertificatePem()), ContractsJson.Default.EnrolReply), "application/json");
    }

    private async Task<IResult> SignInAsync(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync(context.Request.Body, ContractsJson.Default.SignInRequest);
        SignIns.Enqueue(request!);
        return request!.PairingToken is "pair-1" or "pair-2" || request.Password == "secret"
            ? Results.Text(JsonSerializer.Serialize(new SignInReply("a1", request.UserName ?? "anna", "s1"), ContractsJson.Default.SignInReply), "application/json")
            : Results.StatusCode(401);
    }

    private async Task SocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        sockets.Enqueue(socket);
        // As RWS does: what it wants is said on every connection.
        if (newest is not null)
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(newest, ContractsJson.Default.SrsMessage), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[65_536];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: WebSocketMessageType.Text } received)
                await TakeAsync(socket, JsonSerializer.Deserialize(buffer.AsSpan(0, received.Count), ContractsJson.Default.SrsMessage)!);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // SRS went away, or this stub did.
        }
    }

    private async Task TakeAsync(WebSocket socket, SrsMessage message)
    {
        if (message.Actual is { } actual)
            Actual.Enqueue(actual);
        if (message.Health is { } health)
            Health.Enqueue(health);
        if (message.Clock is not { } clock)
            return;
        Interlocked.Increment(ref ClockSamples);
        var nowUs = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new SrsMessage { Clock = new ClockExchange(clock.OriginUs, nowUs, nowUs) }, ContractsJson.Default.SrsMessage);
        await socket.SendAsync(json, WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
