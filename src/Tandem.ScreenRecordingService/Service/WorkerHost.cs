using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Keeps one worker process alive and talks to it over a socket whose peer the kernel vouches for.</summary>
internal sealed partial class WorkerHost(ServiceOptions options, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly string folder = Directory.CreateTempSubdirectory("tandem-srs-").FullName;
    private readonly Channel<WorkerEvent> events = Channel.CreateUnbounded<WorkerEvent>(new() { SingleReader = true });
    private readonly Lock sending = new();
    private Socket? peer;
    private volatile bool stopping;

    /// <summary>In the order of the worker's own doing.</summary>
    public ChannelReader<WorkerEvent> Events => events.Reader;

    /// <summary>The worker takes it at once; a worker that starts later is given it by its owner.</summary>
    public void Request(CaptureRequest request) => Send(new WorkerMessage { Request = request });

    /// <summary>Runs worker after worker until <see cref="DisposeAsync"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var path = Path.Combine(folder, "worker");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(4);
        while (!stopping && !stop.IsCancellationRequested)
        {
            using var process = Start(path);
            var problem = await ServeAsync(listener, process, stop);
            events.Writer.TryWrite(new WorkerEvent { Gone = problem ?? "The screen worker ended without a word." });
            if (stopping)
                break;
            LogGone(log, problem ?? $"exit code {process.ExitCode}");
            await Task.Delay(Pause, time, stop);
        }
        events.Writer.TryComplete();
    }

    /// <summary>Lets the worker close its capture and waits for it.</summary>
    public void BeginStop()
    {
        stopping = true;
        Send(new WorkerMessage { Exit = true });
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Process Start(string path)
    {
        var start = OwnProgram.Start("worker", "--socket", path);
        if (options.Display is { } display)
        {
            start.ArgumentList.Add("--display");
            start.ArgumentList.Add(display);
        }
        foreach (var title in options.Excluded)
        {
            start.ArgumentList.Add("--exclude");
            start.ArgumentList.Add(title);
        }
        return Process.Start(start) ?? throw new InvalidOperationException("The worker process did not start.");
    }

    private async Task<string?> ServeAsync(Socket listener, Process process, CancellationToken stop)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var exit = process.WaitForExitAsync(CancellationToken.None);
        string? problem = null;
        try
        {
            using var socket = await AcceptAsync(listener, process, exit, life);
            if (socket is not null)
                problem = await ReadAsync(socket, life.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            problem = "The connection to the screen worker broke.";
        }
        lock (sending)
            peer = null;
        await EndAsync(process, exit);
        return problem;
    }

    private async Task<Socket?> AcceptAsync(Socket listener, Process process, Task exit, CancellationTokenSource life)
    {
        _ = exit.ContinueWith(_ => life.Cancel(), TaskScheduler.Default);
        while (true)
        {
            var socket = await listener.AcceptAsync(life.Token);
            if (PeerIdentity.Of(socket) is { } identity && identity.ProcessId == process.Id && identity.UserId == PeerIdentity.OwnUserId)
            {
                lock (sending)
                    peer = socket;
                if (stopping)
                    Send(new WorkerMessage { Exit = true });
                return socket;
            }
            LogForeignPeer(log);
            socket.Dispose();
        }
    }

    private async Task<string?> ReadAsync(Socket socket, CancellationToken stop)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        string? problem = null;
        // Not cancelled by the process's end: what it sent before is still in the socket.
        while (await WorkerWire.ReadAsync(stream, CancellationToken.None) is { } frame)
        {
            problem = frame.Message?.Problem ?? problem;
            events.Writer.TryWrite(new WorkerEvent { Message = frame.Message, Media = frame.Media });
        }
        return problem;
    }

    private async Task EndAsync(Process process, Task exit)
    {
        try
        {
            await exit.WaitAsync(StopPatience, time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await exit;
        }
    }

    private void Send(WorkerMessage message)
    {
        lock (sending)
        {
            try
            {
                peer?.Send(WorkerWire.Write(message));
            }
            catch (SocketException e)
            {
                LogSendFailed(log, e);
            }
        }
    }

    [LoggerMessage(7010, LogLevel.Warning, "The screen worker ended ({Problem}) and is started again")]
    private static partial void LogGone(ILogger log, string problem);

    [LoggerMessage(7011, LogLevel.Warning, "A foreign process connected to the worker socket and was refused")]
    private static partial void LogForeignPeer(ILogger log);

    [LoggerMessage(7012, LogLevel.Warning, "The screen worker takes no requests")]
    private static partial void LogSendFailed(ILogger log, Exception failure);
}
