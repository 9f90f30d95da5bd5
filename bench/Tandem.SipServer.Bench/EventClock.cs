using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Bench;

/// <summary>A CTI client that notes when each event of each call came.</summary>
internal sealed class EventClock : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _reading = Task.CompletedTask;

    public ConcurrentDictionary<(string Call, string Event), long> Seen { get; } = new();

    public static async Task<EventClock> OpenAsync(int port, IEnumerable<string> dns)
    {
        var clock = new EventClock();
        clock._socket.Options.SetRequestHeader("Authorization", $"Bearer {Serving.Token}");
        await clock._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/cti/v1"), CancellationToken.None);
        await clock.AskAsync(new CtiRequest { Name = CtiRequestNames.OpenServer, ReferenceID = 0 });
        foreach (var dn in dns)
            await clock.AskAsync(new CtiRequest { Name = CtiRequestNames.RegisterAddress, ReferenceID = 1, ThisDN = dn });
        clock._reading = clock.ReadAsync();
        return clock;
    }

    private Task AskAsync(CtiRequest request) => _socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(request, CtiJson.Default.CtiRequest), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
                var now = Stopwatch.GetTimestamp();
                foreach (var one in JsonSerializer.Deserialize(buffer.AsSpan(0, got.Count), CtiJson.Default.CtiEventArray) ?? [])
                {
                    if (one.CallUUID is { } call) Seen.TryAdd((call, one.Name), now);
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException)
        {
            // Closed by us.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
        _socket.Dispose();
        _closing.Dispose();
    }
}
