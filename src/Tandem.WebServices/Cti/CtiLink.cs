using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Cti;
using Tandem.Hosting;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Cti;

/// <summary>One CTI source: connects, resumes after the last stored position, registers the wanted DNs, hands on every
/// batch in order, and carries requests.</summary>
internal sealed partial class CtiLink(
    CtiSourceOptions source, DataStore store, ICtiListener listener, Func<IEnumerable<string>> wantedDns, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<CtiEvent>> _pending = new();
    private readonly ConcurrentDictionary<string, bool> _registered = new();
    private readonly AsyncGate _sending = new();
    private ClientWebSocket? _socket;
    private long _reference;
    private bool _following;

    public bool Connected => _socket?.State == WebSocketState.Open && _following;

    /// <summary>Whether the source knows the DN and sends its events.</summary>
    public bool Has(string dn) => Connected && _registered.ContainsKey(dn);

    /// <summary>Whether it takes requests for the DN: one that only records another switch's calls does not.</summary>
    public bool Controls(string dn) => Connected && _registered.GetValueOrDefault(dn);

    /// <summary>Runs until stopped; a lost connection is opened again.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var complained = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ConnectAndFollowAsync(stop);
                complained = false;
            }
            catch (Exception failure) when (failure is WebSocketException or IOException or HttpRequestException or JsonException)
            {
                if (!complained)
                {
                    LogLost(log, source.Uri!, failure.Message);
                }

                complained = true;
            }

            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // The socket was aborted from here because the source refused to open.
            }

            Drop();
            await Task.Delay(RetryPause, time, stop);
        }
    }

    /// <summary>Sends a request and waits for its answer, at most 5 s.</summary>
    public async Task<CtiReply> RequestAsync(CtiRequest request, CancellationToken stop)
    {
        if (_socket is not { State: WebSocketState.Open } socket)
        {
            return CtiReply.NotConnected;
        }

        var reference = Interlocked.Increment(ref _reference);
        var answer = new TaskCompletionSource<CtiEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[reference] = answer;
        try
        {
            await SendAsync(socket, request with { ReferenceID = reference }, stop);
            var about = await answer.Task.WaitAsync(ReplyTimeout, time, stop);
            return new CtiReply(about.Name == CtiEventNames.Error ? CtiOutcome.Refused : CtiOutcome.Done, about);
        }
        catch (TimeoutException)
        {
            return new CtiReply(CtiOutcome.NoAnswer, null);
        }
        catch (WebSocketException)
        {
            return CtiReply.NotConnected;
        }
        finally
        {
            _pending.TryRemove(reference, out _);
        }
    }

    /// <summary>Follows a DN from now on; done when its snapshot has been taken.</summary>
    public async Task<CtiReply> RegisterAsync(string dn, CancellationToken stop)
    {
        var reply = await RequestAsync(Request(CtiRequestNames.RegisterAddress) with { ThisDN = dn }, stop);
        if (reply.Outcome == CtiOutcome.Done)
        {
            _registered[dn] = reply.Answer?.Snapshot?.AgentState is not null;
        }

        return reply;
    }

    public async Task UnregisterAsync(string dn, CancellationToken stop)
    {
        if (_registered.TryRemove(dn, out _))
        {
            await RequestAsync(Request(CtiRequestNames.UnregisterAddress) with { ThisDN = dn }, stop);
        }
    }

    public static CtiRequest Request(string name) => new() { Name = name, ReferenceID = 0 };

    private async Task ConnectAndFollowAsync(CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {source.Token}");
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        await socket.OpenAsync(source.Uri!, stop);
        _socket = socket;
        LogConnected(log, source.Uri!);
        var positions = await CtiPositions.LoadAsync(store, source.Uri!.ToString(), stop);
        var follower = new CtiFollower(source.Uri.ToString(), positions, listener);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var opening = OpenAsync(follower, positions, lost.Token);
        try
        {
            await ReadAsync(socket, follower, stop);
        }
        finally
        {
            await lost.CancelAsync();
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OpenAsync(CtiFollower follower, CtiPositions positions, CancellationToken stop)
    {
        var opened = await RequestAsync(Request(CtiRequestNames.OpenServer) with { After = positions.All }, stop);
        if (opened.Outcome != CtiOutcome.Done)
        {
            LogRefused(log, source.Uri!, opened.Why);
            _socket?.Abort();
            return;
        }

        // Requests are accepted from here: a DN that signs in meanwhile registers by itself.
        _following = true;
        foreach (var dn in wantedDns().Distinct().ToList())
        {
            var reply = await RegisterAsync(dn, stop);
            if (reply.Outcome != CtiOutcome.Done)
            {
                LogUnknownDn(log, dn, source.Uri!, reply.Why);
            }
        }

        await follower.FollowLiveAsync(opened.Answer?.Position, stop);
    }

    private async Task ReadAsync(ClientWebSocket socket, CtiFollower follower, CancellationToken stop)
    {
        var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                var batch = JsonSerializer.Deserialize(text.GetBuffer().AsSpan(0, (int)text.Length), CtiJson.Default.CtiEventArray)!;
                text.SetLength(0);
                await follower.TakeAsync(batch, stop);
                Answer(batch);
            }
        }
    }

    private void Answer(CtiEvent[] batch)
    {
        foreach (var about in batch)
        {
            if (about.ReferenceID is { } reference && _pending.TryGetValue(reference, out var waiting))
            {
                waiting.TrySetResult(about);
            }
        }
    }

    private Task SendAsync(ClientWebSocket socket, CtiRequest request, CancellationToken stop)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(request, CtiJson.Default.CtiRequest);
        return _sending.RunAsync(() => socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, true, stop).AsTask(), stop);
    }

    private void Drop()
    {
        _following = false;
        _registered.Clear();
        _socket = null;
    }

    [LoggerMessage(6020, LogLevel.Information, "CTI source {Uri} connected")]
    private static partial void LogConnected(ILogger log, Uri uri);

    [LoggerMessage(6021, LogLevel.Warning, "CTI source {Uri} is not reachable and is tried again: {Why}")]
    private static partial void LogLost(ILogger log, Uri uri, string why);

    [LoggerMessage(6022, LogLevel.Warning, "CTI source {Uri} does not open: {Why}")]
    private static partial void LogRefused(ILogger log, Uri uri, string why);

    [LoggerMessage(6023, LogLevel.Information, "DN {Dn} is not followed at {Uri}: {Why}")]
    private static partial void LogUnknownDn(ILogger log, string dn, Uri uri, string why);
}
