using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Where the workers of this machine's sessions come in, each vouched for by the kernel. One of them is the active
/// one: that of the user who signed in, and the first as long as nobody has. Thread-safe.</summary>
/// <param name="admits">Whether a process may be a worker.</param>
internal sealed partial class WorkerGate(string path, Func<PeerIdentity, bool> admits, ILogger log) : IDisposable
{
    private readonly Channel<WorkerEvent> events = Channel.CreateUnbounded<WorkerEvent>(new() { SingleReader = true });
    private readonly Lock gate = new();
    private readonly List<WorkerLink> links = [];
    private readonly List<Task> reading = [];
    private readonly CancellationTokenSource closing = new();
    private IWorkerListener? listener;
    private WorkerLink? active;
    private uint? preferredUser;

    public string Path => path;

    /// <summary>Of the active worker, in the order of its own doing.</summary>
    public ChannelReader<WorkerEvent> Events => events.Reader;

    public int? ActiveProcessId
    {
        get
        {
            lock (gate)
                return active?.ProcessId;
        }
    }

    /// <summary>The worker takes it at once; a worker that comes later is given it by its owner.</summary>
    public void Request(CaptureRequest request)
    {
        lock (gate)
            active?.Send(new WorkerMessage { Request = request });
    }

    /// <summary>Whether a worker of this user is here.</summary>
    public bool HasWorkerOf(uint userId)
    {
        lock (gate)
            return links.Exists(l => l.UserId == userId);
    }

    /// <summary>This user's screen is the one to record from now on.</summary>
    public void Prefer(uint userId)
    {
        lock (gate)
        {
            preferredUser = userId;
            Choose();
        }
    }

    /// <exception cref="ServiceException">The socket cannot be made.</exception>
    public void Listen(bool forEveryUser)
    {
        try
        {
            listener = WorkerConnection.Listen(path, forEveryUser);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"The socket {path} for the screen workers cannot be made: {e.Message}.");
        }
    }

    /// <summary>Takes workers in until <see cref="CloseAsync"/>.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var connection = await listener!.AcceptAsync(closing.Token);
                if (connection.Peer is { } peer && admits(peer))
                {
                    Enter(connection, peer);
                    continue;
                }
                LogForeignPeer(log);
                connection.Dispose();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    /// <summary>No worker came: says why.</summary>
    public void Missed(string problem)
    {
        lock (gate)
        {
            if (active is null)
                events.Writer.TryWrite(new WorkerEvent { Gone = problem });
        }
    }

    /// <summary>Says the last word to every worker, waits until each has said its own, and takes no more.</summary>
    public async Task CloseAsync(WorkerMessage last, TimeSpan patience, TimeProvider time)
    {
        await closing.CancelAsync();
        // Whoever is not yet in sees the door shut, and a child ends by that.
        listener?.Dispose();
        Task[] remaining;
        lock (gate)
        {
            foreach (var link in links)
                link.Send(last);
            remaining = [.. reading];
        }
        await Task.WhenAny(Task.WhenAll(remaining), Task.Delay(patience, time, CancellationToken.None));
        events.Writer.TryComplete();
    }

    public void Dispose()
    {
        listener?.Dispose();
        closing.Dispose();
    }

    private void Enter(WorkerConnection connection, PeerIdentity peer)
    {
        var link = new WorkerLink(connection.Stream, peer);
        lock (gate)
        {
            links.Add(link);
            reading.RemoveAll(task => task.IsCompleted);
            reading.Add(Task.Run(async () =>
            {
                await link.ReadAsync(happened => Take(link, happened));
                Leave(link);
                connection.Dispose();
            }));
        }
    }

    private void Take(WorkerLink link, WorkerEvent happened)
    {
        lock (gate)
        {
            if (happened.Message?.Ready is { } ready)
            {
                link.Ready = ready;
                Choose();
                // A capture that nobody here governs.
                if (link != active && ready.CaptureId is not null)
                    link.Send(new WorkerMessage { Request = CaptureRequest.Off });
            }
            else if (link == active)
            {
                events.Writer.TryWrite(happened);
            }
        }
    }

    private void Leave(WorkerLink link)
    {
        lock (gate)
        {
            links.Remove(link);
            if (link != active && (active is not null || link.Problem is null))
                return;
            active = null;
            events.Writer.TryWrite(new WorkerEvent { Gone = link.Problem ?? "The screen worker ended without a word." });
            Choose();
        }
    }

    private void Choose()
    {
        // No other screen is recorded for a user who signed in, be his worker away for a moment. Root speaks for whoever is there.
        var anyone = preferredUser is null or 0;
        var best = links.FindLast(l => l.Ready is not null && l.UserId == preferredUser) ?? (anyone ? active ?? links.Find(l => l.Ready is not null) : null);
        if (best == active)
            return;
        if (active is not null)
        {
            active.Send(new WorkerMessage { Request = CaptureRequest.Off });
            events.Writer.TryWrite(new WorkerEvent { Gone = "Another user has signed in." });
        }
        active = best;
        if (best is not null)
            events.Writer.TryWrite(new WorkerEvent { Message = new WorkerMessage { Ready = best.Ready } });
    }

    [LoggerMessage(7011, LogLevel.Warning, "A foreign process connected to the worker socket and was refused")]
    private static partial void LogForeignPeer(ILogger log);
}
