using Microsoft.Extensions.Logging;
using Tandem.ScreenRecordingService.Service.Windows;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The gate, with a worker of the service's own behind it or open to the workers of the sessions.</summary>
internal sealed class Workers : IDisposable
{
    private readonly TimeProvider time;
    private readonly string? ownFolder;
    private readonly bool attached;
    private readonly Func<CancellationToken, Task> starting = _ => Task.CompletedTask;
    private readonly CancellationTokenSource closing = new();

    /// <exception cref="ServiceException">The socket cannot be made.</exception>
    public Workers(ServiceOptions options, TimeProvider time, ILogger log)
    {
        this.time = time;
        if (options.WorkerSocket is { } path)
        {
            var forEveryUser = PeerIdentity.OwnUserId == 0;
            Gate = new WorkerGate(path, peer => (forEveryUser || peer.UserId == PeerIdentity.OwnUserId) && peer.IsOwnProgram, log);
            Gate.Listen(forEveryUser);
            if (OperatingSystem.IsWindows() && forEveryUser)
                starting = new SessionWorkers(Gate, options.Excluded, time, log).RunAsync;
            return;
        }
        ownFolder = Directory.CreateTempSubdirectory("tandem-srs-").FullName;
        var process = new WorkerProcess(options, time, log);
        attached = true;
        starting = stop => process.RunAsync(Gate!, stop);
        Gate = new WorkerGate(
            Path.Combine(ownFolder, "worker"), peer => peer.ProcessId == process.Id && peer.UserId == PeerIdentity.OwnUserId, log);
        Gate.Listen(forEveryUser: false);
    }

    public WorkerGate Gate { get; }

    public Task RunAsync() => Task.WhenAll(Gate.RunAsync(), starting(closing.Token));

    /// <summary>A worker of our own closes its capture and ends; one of a session goes on alone until the next service comes.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        await closing.CancelAsync();
        await Gate.CloseAsync(attached ? new WorkerMessage { Exit = true } : new WorkerMessage { Leave = true }, patience, time);
    }

    public void Dispose()
    {
        Gate.Dispose();
        closing.Dispose();
        if (ownFolder is not null)
            Directory.Delete(ownFolder, recursive: true);
    }
}
