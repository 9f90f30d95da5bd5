using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Tests.Client;

/// <summary>An enrolled PC without a screen: signs its requests, keeps the socket open, obeys and reports at once
/// unless it is told to be mute.</summary>
internal sealed class FakeRecorder : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HttpClient _http;
    private readonly Uri _server;
    private readonly Channel<DesiredState> _commands = Channel.CreateUnbounded<DesiredState>();
    private X509Certificate2? _ingest;
    private ClientWebSocket? _socket;
    private Task? _reading;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FakeRecorder(Uri server)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = server };
    }

    public string DeviceId { get; private set; } = "";

    /// <summary>UTC microseconds.</summary>
    public static long NowUs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    public bool Mute { get; set; }

    /// <summary>UTC microseconds when the newest command arrived.</summary>
    public long CommandUs { get; private set; }

    public static async Task<FakeRecorder> EnrolAsync(Uri server, HttpClient admin)
    {
        var recorder = new FakeRecorder(server);
        using var asked = await admin.PostAsJsonAsync("/api/v2/srs/enrolment-tokens", new { }, Stop);
        var said = await asked.Content.ReadAsStringAsync(Stop);
        Assert.True(asked.IsSuccessStatusCode, said);
        var token = JsonNode.Parse(said)!["token"]!.GetValue<string>();
        var key = Convert.ToBase64String(recorder._key.ExportSubjectPublicKeyInfo());
        using var reply = await recorder._http.PostAsJsonAsync(
            "/api/v2/srs/enrol", new EnrolRequest(token, key, "pc-1", "test"), ContractsJson.Default.EnrolRequest, Stop);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Stop));
        var enrolled = await reply.Content.ReadFromJsonAsync(ContractsJson.Default.EnrolReply, Stop);
        Assert.Contains("BEGIN CERTIFICATE", enrolled!.IngestCertificate, StringComparison.Ordinal);
        recorder.DeviceId = enrolled.DeviceId;
        recorder._ingest = X509Certificate2.CreateFromPem(enrolled.IngestCertificate);
        return recorder;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", Sign("POST", path));
        return await _http.SendAsync(request, Stop);
    }

    public async Task SignInAsync(string userName, string password)
    {
        using var reply = await PostAsync("/api/v2/srs/sign-in", new { userName, password });
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Stop));
    }

    public async Task ConnectAsync(Uri? server = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", Sign("GET", "/api/v2/srs"));
        await socket.ConnectAsync(new Uri((server ?? _server).ToString().Replace("http", "ws", StringComparison.Ordinal) + "api/v2/srs"), Stop);
        _socket = socket;
        _reading = ReadAsync(socket);
        await SendAsync(new SrsMessage { Hello = new DeviceHello("test", "pc-1", "linux") });
    }

    /// <summary>Sends a capture as a PC does: its streams sealed, then the report.</summary>
    /// <param name="streams">Plaintext of each of the report's parts; null: it is lost.</param>
    public Task UploadAsync(ScreenCaptureReport report, params IReadOnlyList<byte[]?> streams) => FakeUpload.SendAsync(
        _server, _ingest!, request => request.Headers.TryAddWithoutValidation("Authorization", Sign(request.Method.Method, request.RequestUri!.AbsolutePath)),
        report, streams, Stop);

    /// <summary>What a plain request at the live address is answered.</summary>
    public async Task<int> LiveStatusAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/srs/live");
        request.Headers.TryAddWithoutValidation("Authorization", Sign("GET", "/api/v2/srs/live"));
        using var reply = await _http.SendAsync(request, Stop);
        return (int)reply.StatusCode;
    }

    /// <summary>Sends a part and its media as a watched PC does.</summary>
    public async Task SendLiveAsync(string part, params byte[][] media)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", Sign("GET", "/api/v2/srs/live"));
        await socket.ConnectAsync(new Uri(_server.ToString().Replace("http", "ws", StringComparison.Ordinal) + "api/v2/srs/live"), Stop);
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(part), WebSocketMessageType.Text, true, Stop);
        foreach (var message in media)
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, Stop);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
    }

    public async Task<DesiredState> CommandAsync(Func<DesiredState, bool> expected)
    {
        while (true)
        {
            var command = await _commands.Reader.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);
            if (expected(command))
            {
                return command;
            }
        }
    }

    public Task ReportAsync(DesiredState state, CapturePhase phase, string? problem = null) => SendAsync(new SrsMessage
    {
        Actual = new ActualState(state.Revision, state.CaptureId, phase, NowUs, problem),
    });

    public void Disconnect() => _socket?.Abort();

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        if (_reading is not null)
        {
            await _reading;
        }

        _socket?.Dispose();
        _http.Dispose();
        _ingest?.Dispose();
        _key.Dispose();
    }

    private string Sign(string method, string path) =>
        DeviceSignature.Sign(method, path, DeviceId, _key, TimeProvider.System).ToString();

    private Task SendAsync(SrsMessage message) => _socket!.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.Default.SrsMessage), WebSocketMessageType.Text, true, Stop);

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[65536];
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } part)
            {
                if (JsonSerializer.Deserialize(buffer.AsSpan(0, part.Count), ContractsJson.Default.SrsMessage)?.Desired is { } desired)
                {
                    CommandUs = NowUs;
                    if (!Mute)
                    {
                        var phase = !desired.On ? CapturePhase.Idle : desired.Paused ? CapturePhase.Paused : CapturePhase.Recording;
                        await ReportAsync(desired, phase);
                    }

                    _commands.Writer.TryWrite(desired);
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            // Cut by the test or by the end of the server.
        }
    }
}
