namespace Tandem.Safekeeping;

/// <summary>Wakes one waiter; sets that nobody waited for are kept as one.</summary>
internal sealed class Signal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = New();

    public void Set()
    {
        lock (_lock)
            _set.TrySetResult();
    }

    /// <summary>Waits until it is set or the time is over, and clears it.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken stop)
    {
        Task waited;
        lock (_lock)
            waited = _set.Task;
        try
        {
            await waited.WaitAsync(atMost, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (_lock)
            _set = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
