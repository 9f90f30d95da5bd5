using System.Runtime.InteropServices;

namespace Tandem.Server;

/// <summary>A token that SIGTERM and SIGINT cancel, so that everything ends in order.</summary>
internal sealed class Stopping : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _signals;

    internal Stopping(CancellationToken stop)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, Cancel))];
    }

    internal CancellationToken Token => _source.Token;

    /// <summary>Completes when asked to stop.</summary>
    internal async Task WaitAsync()
    {
        var stopped = new TaskCompletionSource();
        await using var _ = Token.Register(stopped.SetResult);
        await stopped.Task;
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _source.Dispose();
    }
}
