using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Contracts.Srs;
using Tandem.Hosting;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The WebSocket to RWS, opened again and again with back-off: desired state in, actual state, clock samples and
/// health out.</summary>
internal sealed partial class RwsSocket(
    RwsClient rws, Device device, CaptureControl control, LiveFeed live, ServerClock clock, Func<DeviceHealth> health, TimeProvider time, ILogger log)
{
    private const int MaximumMessageBytes = 64 << 10;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private const int FirstClockSamples = 4;

    private Channel<SrsMessage>? outgoing;

    /// <summary>Completes with the first attempt: null when it was opened, else why not.</summary>
    public TaskCompletionSource<string?> FirstAttempt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen { get; private set; }

    /// <summary>Sends it if the socket is open; after a reconnect the newest state is sent anyway.</summary>
    public void Tell(ActualState actual) => outgoing?.Writer.TryWrite(new SrsMessage { Actual = actual });

    public async Task RunAsync(CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(500);
        while (!stop.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            var why = await OpenAsync(socket, stop);
            FirstAttempt.TrySetResult(why);
            if (why is null)
            {
                pause = TimeSpan.FromMilliseconds(500);
                await UseAsync(socket, stop);
            }
            control.ServerReachable(false);
            live.Want(false);
            if (stop.IsCancellationRequested)
                break;
            LogLost(log, rws.Server, why ?? "closed", pause.TotalSeconds);
            // Jitter, so that a thousand PCs do not come back in one instant.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble() / 2), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<string?> OpenAsync(ClientWebSocket socket, CancellationToken stop)
    {
        var address = new UriBuilder(new Uri(rws.Server, "/api/v2/srs"));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        socket.Options.SetRequestHeader("Authorization", device.Authorization("GET", address.Uri));
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = KeepAlive;
        socket.Options.KeepAliveTimeout = KeepAlive;
        using var patience = new CancellationTokenSource(ConnectPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await socket.OpenAsync(address.Uri, either.Token);
            return null;
        }
        catch (WebSocketException e)
        {
            if (socket.HttpResponseHeaders?.TryGetValue("Date", out var dates) == true && DateTimeOffset.TryParse(
                dates.First(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var serverTime))
                clock.Hint(serverTime);
            // The cause lies deepest: "see inner exception" helps nobody.
            return e.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            return "no answer";
        }
    }

    private async Task UseAsync(ClientWebSocket socket, CancellationToken stop)
    {
        LogOpen(log, rws.Server);
        var queue = Channel.CreateUnbounded<SrsMessage>(new() { SingleReader = true });
        queue.Writer.TryWrite(new SrsMessage { Hello = new DeviceHello(ProgramVersion.Text, Environment.MachineName, Environment.OSVersion.Platform.ToString()) });
        outgoing = queue;
        queue.Writer.TryWrite(new SrsMessage { Actual = control.Actual() });
        control.ServerReachable(true);
        IsOpen = true;
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] sides = [ReceiveAsync(socket, life.Token), SendAsync(socket, queue.Reader, life.Token), BeatAsync(queue.Writer, life.Token)];
        await Task.WhenAny(sides);
        IsOpen = false;
        outgoing = null;
        await life.CancelAsync();
        await Task.WhenAll(sides).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Abort();
    }

    private async Task ReceiveAsync(ClientWebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[MaximumMessageBytes];
        for (var filled = 0; ;)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(filled), stop);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            filled += received.Count;
            if (!received.EndOfMessage && filled < buffer.Length)
                continue;
            var arrivalUs = time.NowUs();
            Take(JsonSerializer.Deserialize(buffer.AsSpan(0, filled), ContractsJson.Default.SrsMessage), arrivalUs);
            filled = 0;
        }
    }

    private void Take(SrsMessage? message, long arrivalUs)
    {
        if (message?.Desired is { } desired)
        {
            control.Desire(desired);
            live.Want(desired.Live);
        }
        if (message?.Clock is { ReceiveUs: { } receive, TransmitUs: { } transmit } exchange)
            clock.Add(exchange.OriginUs, receive, transmit, arrivalUs);
    }

    private async Task SendAsync(ClientWebSocket socket, ChannelReader<SrsMessage> queue, CancellationToken stop)
    {
        await foreach (var message in queue.ReadAllAsync(stop))
        {
            // The origin time is that of sending, not of queueing.
            var ready = message.Clock is null ? message : new SrsMessage { Clock = new ClockExchange(time.NowUs(), null, null) };
            var json = JsonSerializer.SerializeToUtf8Bytes(ready, ContractsJson.Default.SrsMessage);
            await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
    }

    /// <summary>A few clock samples at once, then one every half minute; health every minute.</summary>
    private async Task BeatAsync(ChannelWriter<SrsMessage> queue, CancellationToken stop)
    {
        for (var beat = 0; ; beat++)
        {
            queue.TryWrite(new SrsMessage { Clock = new ClockExchange(0, null, null) });
            if (beat >= FirstClockSamples && beat % 2 == 0)
                queue.TryWrite(new SrsMessage { Health = health() });
            await Task.Delay(beat < FirstClockSamples ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(30), time, stop);
        }
    }

    [LoggerMessage(7040, LogLevel.Information, "Connected to {Server}")]
    private static partial void LogOpen(ILogger log, Uri server);

    [LoggerMessage(7041, LogLevel.Warning, "No connection to {Server} ({Why}); next attempt in at most {Seconds} s")]
    private static partial void LogLost(ILogger log, Uri server, string why, double seconds);
}
