namespace Tandem.MediaControlPlatform.Control;

/// <summary>Does pieces of work one after the other, each begun when the one before has ended. Thread-safe.</summary>
/// <param name="failed">Takes what a piece of work throws; must not throw itself.</param>
internal sealed class WorkInOrder(Func<Exception, Task> failed)
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Completes, never as failed, when all that was put in by now is done.</summary>
    public Task Settled
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    public void Enqueue(Func<Task> work)
    {
        lock (_lock)
            _last = RunAfterAsync(_last, work);
    }

    private async Task RunAfterAsync(Task before, Func<Task> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            await failed(failure);
        }
    }
}
