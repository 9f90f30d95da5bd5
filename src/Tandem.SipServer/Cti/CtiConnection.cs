using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Cti;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Cti;

/// <summary>One client's WebSocket. Requests are served in order; batches of events are queued and sent by their own
/// task, so that a slow client never holds up calls: when its queue is full it is disconnected and can resume.</summary>
internal sealed partial class CtiConnection(
    WebSocket socket, CtiClientOptions client, CtiDesk desk, ILogger log) : IDisposable
{
    private const int MaxQueued = 10_000;
    private const int MaxRequestBytes = 64 << 10;

    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxQueued)
    {
        SingleReader = true,
        FullMode = BoundedChannelFullMode.Wait,
    });
    private readonly CancellationTokenSource _end = new();

    public CtiClientOptions Client => client;

    /// <summary>DNs whose events it gets. Used on the call loop only.</summary>
    public HashSet<string> Registered { get; } = new(StringComparer.Ordinal);

    public bool IsOpen { get; set; }

    /// <summary>Where the client wants to resume; null: nothing is replayed.</summary>
    public CtiPosition? After { get; set; }

    /// <summary>Queues one batch.</summary>
    public void Send(IReadOnlyList<CtiEvent> batch)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(batch, CtiJson.Default.IReadOnlyListCtiEvent);
        if (_outgoing.Writer.TryWrite(bytes)) return;
        LogSlow(log, client.Name, MaxQueued);
        _end.Cancel();
    }

    /// <summary>Serves until the client goes.</summary>
    public async Task ServeAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
        var sending = SendAllAsync(either.Token);
        try
        {
            await ReadAllAsync(either.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            LogGone(log, client.Name);
        }
        finally
        {
            await desk.ForgetAsync(this);
            _outgoing.Writer.TryComplete();
            await _end.CancelAsync();
            await sending;
        }
    }

    public void Dispose()
    {
        _end.Dispose();
        socket.Dispose();
    }

    private async Task ReadAllAsync(CancellationToken stop)
    {
        var buffer = new byte[MaxRequestBytes];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult got;
            do
            {
                got = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                length += got.Count;
                if (got.MessageType is WebSocketMessageType.Close || length == buffer.Length)
                {
                    var status = length == buffer.Length ? WebSocketCloseStatus.MessageTooBig : WebSocketCloseStatus.NormalClosure;
                    await socket.CloseOutputAsync(status, null, stop);
                    return;
                }
            }
            while (!got.EndOfMessage);
            desk.Serve(this, Parse(buffer.AsSpan(0, length)));
        }
    }

    /// <summary>Null when it is not a request.</summary>
    private static CtiRequest? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CtiJson.Default.CtiRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var batch in _outgoing.Reader.ReadAllAsync(stop))
                await socket.SendAsync(batch, WebSocketMessageType.Text, true, stop);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            _end.Cancel();
        }
    }

    [LoggerMessage(4300, LogLevel.Warning, "CTI client {Client} is disconnected: {Limit} batches wait for it")]
    private static partial void LogSlow(ILogger log, string client, int limit);

    [LoggerMessage(4301, LogLevel.Information, "CTI client {Client} is gone")]
    private static partial void LogGone(ILogger log, string client);
}
