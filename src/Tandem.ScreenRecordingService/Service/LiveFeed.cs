using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Contracts.Srs;
using Tandem.Hosting;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Sends what is captured to RWS as it comes, beside the spool, while RWS says that somebody watches. What a slow
/// network does not take is left out; the recording does not notice.</summary>
internal sealed partial class LiveFeed(RwsClient rws, Device device, CaptureControl control, TimeProvider time, ILogger log)
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Channel<bool> wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Tracks of which a key frame was sent.</summary>
    private readonly HashSet<int> joined = [];
    private bool wanted;
    private PartBegun? part;
    private ReadOnlyMemory<byte> init;
    private Channel<(bool Text, ReadOnlyMemory<byte> Bytes)>? outgoing;

    /// <summary>Somebody is being sent this screen.</summary>
    public bool IsWatched
    {
        get
        {
            lock (gate)
                return outgoing is not null && part is not null;
        }
    }

    public void Want(bool live)
    {
        lock (gate)
        {
            if (wanted == live)
                return;
            wanted = live;
            if (!live)
                outgoing?.Writer.TryComplete();
            else
                wishes.Writer.TryWrite(true);
        }
    }

    public void Take(WorkerEvent happened)
    {
        lock (gate)
        {
            if (happened.Message?.Begun is { } begun)
                (part, init) = (begun, default);
            else if (happened.Message?.Stopped is not null || happened.Gone is not null)
                part = null;
            else if (happened.Media is { } media && part is not null)
                TakeMedia(media.Kind, media.Bytes);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await wishes.Reader.ReadAsync(stop);
            while (Wanted && !stop.IsCancellationRequested)
            {
                await SendAsync(stop);
                if (Wanted)
                    await Task.Delay(Pause, time, stop);
            }
        }
    }

    private bool Wanted
    {
        get
        {
            lock (gate)
                return wanted;
        }
    }

    private void TakeMedia(byte kind, ReadOnlyMemory<byte> bytes)
    {
        if (kind == LivePart.Init)
        {
            init = bytes;
            Introduce();
        }
        else if (joined.Contains(kind / LivePart.TrackUnit) || kind % LivePart.TrackUnit == LivePart.KeyFragment)
        {
            if (outgoing is not null)
                joined.Add(kind / LivePart.TrackUnit);
            Post(false, Framed(kind, bytes));
        }
    }

    /// <summary>What follows belongs to this part, and begins with a key frame of each track.</summary>
    private void Introduce()
    {
        joined.Clear();
        if (part is null || init.IsEmpty || outgoing is null)
            return;
        var live = new LivePart(
            part.CaptureId, part.Part, part.Codec, part.Width, part.Height, part.Tracks?.Zip(part.Monitors, (track, shown) => new LiveTrack(track.Codec, shown)).ToList());
        Post(true, JsonSerializer.SerializeToUtf8Bytes(live, ContractsJson.Default.LivePart));
        if (part.Tracks is null)
            Post(false, Framed(LivePart.Init, init));
        foreach (var (index, track) in (part.Tracks ?? []).Index())
            Post(false, Framed(LivePart.KindOf(index, LivePart.Init), track.Init));
    }

    private void Post(bool text, ReadOnlyMemory<byte> bytes)
    {
        // Too slow a network: begin anew with the next connection instead of falling behind.
        if (outgoing?.Writer.TryWrite((text, bytes)) == false)
            outgoing.Writer.TryComplete();
    }

    private async Task SendAsync(CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(new Uri(rws.Server, "/api/v2/srs/live"));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        socket.Options.SetRequestHeader("Authorization", device.Authorization("GET", address.Uri));
        try
        {
            await socket.OpenAsync(address.Uri, stop);
            LogLive(log);
            await foreach (var (text, bytes) in Join().ReadAllAsync(stop))
                await socket.SendAsync(bytes, text ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, stop);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            LogCut(log, e.Message);
        }
        finally
        {
            lock (gate)
                outgoing = null;
        }
    }

    private ChannelReader<(bool Text, ReadOnlyMemory<byte> Bytes)> Join()
    {
        ChannelReader<(bool, ReadOnlyMemory<byte>)> reader;
        lock (gate)
        {
            outgoing = Channel.CreateBounded<(bool, ReadOnlyMemory<byte>)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
            reader = outgoing.Reader;
            if (!wanted)
                outgoing.Writer.TryComplete();
            Introduce();
        }
        control.AskForKeyFrame();
        return reader;
    }

    private static byte[] Framed(byte kind, ReadOnlyMemory<byte> bytes)
    {
        var framed = new byte[bytes.Length + 1];
        framed[0] = kind;
        bytes.CopyTo(framed.AsMemory(1));
        return framed;
    }

    [LoggerMessage(7070, LogLevel.Information, "A supervisor watches this screen")]
    private static partial void LogLive(ILogger log);

    [LoggerMessage(7071, LogLevel.Warning, "The live view was cut: {Problem}")]
    private static partial void LogCut(ILogger log, string problem);
}
