using System.Net.WebSockets;
using System.Text.Json;
using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Cti;

/// <summary>A CTI client whose connection dies after every batch. It resumes as the AsyncAPI document asks: one position
/// for all DNs, moved on when all of them have been registered again, and one for each DN meanwhile.</summary>
internal sealed class FragileClient(Uri address, string token, string[] dns) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<string, long> _ofDn = [];
    private readonly List<CtiEvent> _taken = [];
    private readonly Lock _lock = new();
    private CtiPosition? _ofAll;
    private Task _running = Task.CompletedTask;

    /// <summary>How often the connection died.</summary>
    public int Deaths { get; private set; }

    public IReadOnlyList<CtiEvent> Taken
    {
        get
        {
            lock (_lock) return [.. _taken];
        }
    }

    /// <summary>From here on it follows; returns when its first connection is registered.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = RunAsync(ready);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(20), stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task RunAsync(TaskCompletionSource ready)
    {
        while (!_closing.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(address, _closing.Token);
            await AskAsync(socket, new CtiRequest { Name = CtiRequestNames.OpenServer, ReferenceID = 1, After = _ofAll });
            foreach (var dn in dns)
                await AskAsync(socket, new CtiRequest { Name = CtiRequestNames.RegisterAddress, ReferenceID = 2, ThisDN = dn });
            await ReadOneAsync(socket, ready);
            socket.Abort();
            Deaths++;
        }
    }

    /// <summary>Reads until a batch brought something new.</summary>
    private async Task ReadOneAsync(ClientWebSocket socket, TaskCompletionSource ready)
    {
        var buffer = new byte[1 << 20];
        CtiPosition? opened = null;
        for (var registered = 0; ;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
            Assert.True(got.EndOfMessage);
            var batch = JsonSerializer.Deserialize(buffer.AsSpan(0, got.Count), CtiJson.Default.CtiEventArray)!;
            if (batch[0].Name == CtiEventNames.LinkConnected) opened = batch[0].Position;
            if (batch[0].Name == CtiEventNames.Registered && ++registered == dns.Length)
            {
                if (_ofAll is null || opened!.Number > _ofAll.Number) _ofAll = opened;
                ready.TrySetResult();
            }
            if (batch.All(one => one.ReferenceID is null) && Take(batch, registered == dns.Length)) return;
        }
    }

    private bool Take(CtiEvent[] batch, bool live)
    {
        var fresh = batch.Where(one => one.Position!.Number > Math.Max(_ofAll?.Number ?? 0, _ofDn.GetValueOrDefault(one.ThisDN!))).ToArray();
        foreach (var one in fresh) _ofDn[one.ThisDN!] = one.Position!.Number;
        if (live && fresh.Length > 0) _ofAll = fresh[^1].Position;
        lock (_lock) _taken.AddRange(fresh);
        return fresh.Length > 0;
    }

    private Task AskAsync(ClientWebSocket socket, CtiRequest request) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(request, CtiJson.Default.CtiRequest), WebSocketMessageType.Text, true, _closing.Token);
}
