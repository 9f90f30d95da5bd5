namespace Tandem.ScreenRecordingService.Worker;

/// <summary>Where workers reach their service: a Unix socket, on Windows a named pipe.</summary>
internal interface IWorkerListener : IDisposable
{
    /// <summary>The next one who connects; whether it may be a worker is for the caller to judge.</summary>
    /// <exception cref="IOException">No more come in.</exception>
    Task<WorkerConnection> AcceptAsync(CancellationToken stop);
}
