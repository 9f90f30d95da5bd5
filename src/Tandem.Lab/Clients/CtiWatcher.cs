using System.Net.WebSockets;
using System.Text.Json;
using Tandem.Contracts.Cti;

namespace Tandem.Lab.Clients;

/// <summary>A CTI client that registers DNs, keeps every event it is told, and lets callers wait for one.</summary>
public sealed class CtiWatcher : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<CtiEvent> _events = [];
    private readonly List<IReadOnlyList<CtiEvent>> _batches = [];
    private readonly List<(Func<CtiEvent, bool> Wanted, TaskCompletionSource<CtiEvent> Found)> _waiters = [];
    private Task _reading = Task.CompletedTask;
    private long _reference;

    private CtiWatcher()
    {
    }

    /// <summary>All events so far, in the order of arrival.</summary>
    public IReadOnlyList<CtiEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>The same, as they came together: one message of the socket is one batch.</summary>
    public IReadOnlyList<IReadOnlyList<CtiEvent>> Batches
    {
        get
        {
            lock (_gate)
                return [.. _batches];
        }
    }

    /// <param name="address">Such as <c>ws://127.0.0.1:8081/cti/v1</c>.</param>
    /// <param name="after">The last event seen before; what came since is told first.</param>
    public static async Task<CtiWatcher> OpenAsync(
        Uri address, string token, IEnumerable<string> dns, CancellationToken stop, CtiPosition? after = null)
    {
        var watcher = new CtiWatcher();
        watcher._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await watcher._socket.ConnectAsync(address, stop);
        watcher._reading = watcher.ReadAsync();
        await watcher.AskAsync(CtiRequestNames.OpenServer, request => request with { After = after }, stop);
        foreach (var dn in dns)
            await watcher.AskAsync(CtiRequestNames.RegisterAddress, request => request with { ThisDN = dn }, stop);
        return watcher;
    }

    /// <summary>Sends a request and gives the event that answers it.</summary>
    /// <exception cref="LabException">The answer is EventError.</exception>
    public async Task<CtiEvent> AskAsync(string name, Func<CtiRequest, CtiRequest> fill, CancellationToken stop)
    {
        var request = fill(new CtiRequest { Name = name, ReferenceID = Interlocked.Increment(ref _reference) });
        var answer = WaitAsync(e => e.ReferenceID == request.ReferenceID, TimeSpan.FromSeconds(15), stop);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(request, CtiJson.Default.CtiRequest);
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, stop);
        var told = await answer;
        return told.Name == CtiEventNames.Error
            ? throw new LabException($"{name} was refused: {told.ErrorCode} {told.Reason}")
            : told;
    }

    /// <summary>The first event, past or to come, that is wanted.</summary>
    public async Task<CtiEvent> WaitAsync(Func<CtiEvent, bool> wanted, TimeSpan limit, CancellationToken stop)
    {
        var found = new TaskCompletionSource<CtiEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_events.FirstOrDefault(wanted) is { } past)
                return past;
            _waiters.Add((wanted, found));
        }
        try
        {
            return await found.Task.WaitAsync(limit, stop);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the awaited event did not come within {limit.TotalSeconds:0} s; these did: {Told()}");
        }
    }

    public Task<CtiEvent> WaitAsync(string name, string dn, CancellationToken stop) =>
        WaitAsync(e => e.Name == name && e.ThisDN == dn, TimeSpan.FromSeconds(20), stop);

    private string Told() => string.Join(", ", Events.Select(e => $"{e.Name}({e.ThisDN})"));

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), _closing.Token);
                    length += part.Count;
                } while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                Take(JsonSerializer.Deserialize(buffer.AsSpan(0, length), CtiJson.Default.CtiEventArray) ?? []);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Closed by us, or the source went away: waiters time out and say what they had seen.
        }
    }

    private void Take(CtiEvent[] batch)
    {
        lock (_gate)
        {
            _batches.Add(batch);
            _events.AddRange(batch);
            foreach (var told in batch)
            {
                foreach (var waiter in _waiters.Where(w => w.Wanted(told)).ToArray())
                {
                    _waiters.Remove(waiter);
                    waiter.Found.TrySetResult(told);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync();
        await _reading;
        _socket.Dispose();
        _closing.Dispose();
    }
}
