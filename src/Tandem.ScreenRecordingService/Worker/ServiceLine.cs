using System.Threading.Channels;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>The worker's connection to the service, made again and again. What is posted waits in memory, in order, until a
/// service takes it.</summary>
/// <param name="attached">The worker is a child of its service and ends with it.</param>
internal sealed class ServiceLine(string path, bool attached, TimeProvider time)
{
    /// <summary>How long a capture goes on without a service, and how long a service may take nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly byte[] HangUpMark = [];

    private readonly Channel<byte[]> outgoing = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private byte[]? unsent;
    private volatile bool completed;

    public bool Attached => attached;

    private bool IsDrained => unsent is null && outgoing.Reader.Completion.IsCompleted;

    /// <summary>The service whose child we are could not be reached, or is another user's.</summary>
    public bool Refused { get; private set; }

    /// <summary>We left the last connection, as the service had asked.</summary>
    public bool HungUp { get; private set; }

    public void Post(WorkerMessage message) => outgoing.Writer.TryWrite(WorkerWire.Write(message));

    public void PostMedia(byte kind, byte[] bytes)
    {
        var utcUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        var monotonicUs = (long)time.GetElapsedTime(0).TotalMicroseconds;
        outgoing.Writer.TryWrite(WorkerWire.Write(new MediaBytes(kind, utcUs, monotonicUs, bytes)));
    }

    /// <summary>Leaves the connection after all that was posted by now.</summary>
    public void HangUp() => outgoing.Writer.TryWrite(HangUpMark);

    /// <summary>Nothing more will be posted.</summary>
    public void Complete()
    {
        completed = true;
        outgoing.Writer.TryComplete();
    }

    /// <summary>Runs until all is posted and taken.</summary>
    /// <param name="hello">What a new connection begins with.</param>
    /// <param name="lost">Called when a connection was lost, before another is looked for.</param>
    /// <param name="abandoned">Called when none was found for <see cref="Patience"/>.</param>
    public async Task RunAsync(Func<WorkerMessage?> hello, Action<WorkerMessage> take, Action lost, Action abandoned)
    {
        while (await ConnectAsync(abandoned) is { } connection)
        {
            using (connection)
            {
                if (await UseAsync(connection.Stream, hello(), take))
                    return;
            }
            lost();
            if (attached)
                return;
        }
    }

    private async Task<WorkerConnection?> ConnectAsync(Action abandoned)
    {
        var alone = time.GetTimestamp();
        for (var told = false; ;)
        {
            if (TryConnect() is { } connection)
                return connection;
            var over = time.GetElapsedTime(alone) > Patience;
            Refused = attached;
            if (attached || IsDrained || (completed && over))
                return null;
            if (over && !told)
                abandoned();
            told |= over;
            await Task.Delay(Retry, time, CancellationToken.None);
        }
    }

    private WorkerConnection? TryConnect()
    {
        var connection = WorkerConnection.TryConnect(path);
        if (connection?.Peer is { } peer && (peer.UserId == 0 || peer.UserId == PeerIdentity.OwnUserId))
            return connection;
        connection?.Dispose();
        return null;
    }

    /// <returns>True when there is nothing left to say.</returns>
    private async Task<bool> UseAsync(Stream stream, WorkerMessage? hello, Action<WorkerMessage> take)
    {
        HungUp = false;
        using var life = new CancellationTokenSource();
        var sending = SendAsync(stream, hello, life.Token);
        var reading = ReadAsync(stream, take, life.Token);
        await Task.WhenAny(sending, reading);
        await life.CancelAsync();
        await reading;
        return await sending;
    }

    private async Task<bool> SendAsync(Stream stream, WorkerMessage? hello, CancellationToken stop)
    {
        try
        {
            if (hello is not null)
                await stream.WriteAsync(WorkerWire.Write(hello), stop);
            while (unsent is not null || await outgoing.Reader.WaitToReadAsync(stop))
            {
                if (unsent is null && !outgoing.Reader.TryRead(out unsent))
                    continue;
                if (ReferenceEquals(unsent, HangUpMark))
                {
                    unsent = null;
                    HungUp = true;
                    return false;
                }
                await stream.WriteAsync(unsent, stop).AsTask().WaitAsync(Patience, time, stop);
                unsent = null;
            }
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or TimeoutException)
        {
            // The service is gone or stuck; what it did not take whole is sent to the next.
            return false;
        }
    }

    private static async Task ReadAsync(Stream stream, Action<WorkerMessage> take, CancellationToken stop)
    {
        try
        {
            while (await WorkerWire.ReadAsync(stream, stop) is { Message: { } message })
                take(message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Gone; the caller looks for another.
        }
    }
}
