using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tandem.Contracts.Cti;
using Tandem.Recordings;

namespace Tandem.WebServices.Tests.Client;

/// <summary>A CTI source on a real WebSocket with a log of its own: answers as SIP Server does, sends what the test
/// says, replays what a client missed.</summary>
internal sealed class FakeSwitch : IAsyncDisposable
{
    private const string Source = "fake";
    private readonly WebApplication _app;
    private readonly List<CtiEvent[]> _log = [];
    private readonly ConcurrentDictionary<string, List<DnCall>> _snapshots = new();
    private readonly HashSet<string> _registered = [];
    private readonly Lock _lock = new();
    private WebSocket? _client;
    private long _number;

    private FakeSwitch(WebApplication app) => _app = app;

    public string Token { get; } = "cti-token-of-the-tests";

    public ConcurrentQueue<CtiRequest> Requests { get; } = new();

    public Dictionary<string, string?> Settings => new()
    {
        ["ctiSources:0:uri"] = Address.ToString(),
        ["ctiSources:0:token"] = Token,
        ["services:0:name"] = "mcp",
        ["services:0:token"] = "mcp-token-of-the-tests",
    };

    private Uri Address => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First().Replace("http", "ws", StringComparison.Ordinal) + "/cti/v1");

    public static async Task<FakeSwitch> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var fake = new FakeSwitch(app);
        app.UseWebSockets();
        app.Run(fake.ServeAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>Logs one batch and sends it to the client where it registered the DNs.</summary>
    public async Task BatchAsync(params CtiEvent[] events)
    {
        CtiEvent[] batch;
        WebSocket? client;
        lock (_lock)
        {
            batch = [.. events.Select(about => about with { Position = new CtiPosition(Source, 1, ++_number), Time = TimeProvider.System.GetUtcNow() })];
            _log.Add(batch);
            var own = batch.Where(about => _registered.Contains(about.ThisDN!)).ToArray();
            client = own.Length > 0 ? _client : null;
            batch = own;
        }

        if (client is { State: WebSocketState.Open })
        {
            await SendAsync(client, batch);
        }
    }

    public void SetSnapshot(string dn, params DnCall[] calls) => _snapshots[dn] = [.. calls];

    public void Disconnect() => _client?.Abort();

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        await _app.DisposeAsync();
    }

    private static Task SendAsync(WebSocket socket, params CtiEvent[] batch) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(batch, CtiJson.Default.CtiEventArray), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        lock (_lock)
        {
            _registered.Clear();
            _client = socket;
        }

        CtiPosition? after = null;
        var buffer = new byte[65536];
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } part)
            {
                var request = JsonSerializer.Deserialize(buffer.AsSpan(0, part.Count), CtiJson.Default.CtiRequest)!;
                Requests.Enqueue(request);
                after = request.Name == CtiRequestNames.OpenServer ? request.After : after;
                await AnswerAsync(socket, request, after);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            // RWS went away, or the test cut the line.
        }
    }

    private async Task AnswerAsync(WebSocket socket, CtiRequest request, CtiPosition? after)
    {
        if (request.Name == CtiRequestNames.RegisterAddress && after is not null)
        {
            CtiEvent[][] missed;
            lock (_lock)
            {
                missed = [.. _log
                    .Select(batch => batch.Where(about => about.ThisDN == request.ThisDN && about.Position!.Number > after.Number).ToArray())
                    .Where(batch => batch.Length > 0)];
            }

            foreach (var batch in missed)
            {
                await SendAsync(socket, batch);
            }
        }

        lock (_lock)
        {
            _registered.Add(request.ThisDN ?? "");
        }

        await SendAsync(socket, Answer(request));
        if (request is { Name: CtiRequestNames.AgentReady, ThisDN: { } dn })
        {
            await BatchAsync(new CtiEvent { Name = CtiEventNames.AgentReady, Time = default, ThisDN = dn, AgentID = request.AgentID });
        }
    }

    private CtiEvent Answer(CtiRequest request)
    {
        var answer = new CtiEvent
        {
            Name = CtiEventNames.Acknowledged,
            Time = TimeProvider.System.GetUtcNow(),
            ThisDN = request.ThisDN,
            ReferenceID = request.ReferenceID,
        };
        return request.Name switch
        {
            CtiRequestNames.OpenServer => answer with { Name = CtiEventNames.LinkConnected, Position = new CtiPosition(Source, 1, _number) },
            CtiRequestNames.RegisterAddress when request.ThisDN == "9999" =>
                answer with { Name = CtiEventNames.Error, ErrorCode = "InvalidDn", Reason = "unknown DN" },
            CtiRequestNames.RegisterAddress => answer with
            {
                Name = CtiEventNames.Registered,
                Snapshot = new DnSnapshot(true, null, "LoggedOut", _snapshots.GetValueOrDefault(request.ThisDN!) ?? []),
            },
            CtiRequestNames.AgentLogin => answer with { Name = CtiEventNames.AgentLogin, AgentID = request.AgentID },
            _ => answer,
        };
    }
}
