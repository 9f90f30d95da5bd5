namespace Tandem.ScreenRecordingService.Worker;

/// <summary>One connection between service and worker, the same on every platform.</summary>
/// <param name="Peer">Null where the system would not say; then it is nobody to talk to.</param>
internal sealed record WorkerConnection(Stream Stream, PeerIdentity? Peer) : IDisposable
{
    /// <summary>The service's end.</summary>
    /// <param name="forEveryUser">Whether other users than this one may connect.</param>
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public static IWorkerListener Listen(string path, bool forEveryUser) =>
        OperatingSystem.IsWindows() ? new PipeWorkerListener(path) : new UnixWorkerListener(path, forEveryUser);

    /// <summary>The worker's end.</summary>
    /// <returns>Null where nobody listens, or not yet.</returns>
    public static WorkerConnection? TryConnect(string path) =>
        OperatingSystem.IsWindows() ? PipeWorkerListener.TryConnect(path) : UnixWorkerListener.TryConnect(path);

    public void Dispose() => Stream.Dispose();
}
