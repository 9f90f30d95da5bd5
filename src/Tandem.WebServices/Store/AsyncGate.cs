namespace Tandem.WebServices.Store;

/// <summary>One at a time, in the order of asking.</summary>
#pragma warning disable CA1001 // A SemaphoreSlim holds nothing to free as long as its wait handle is never asked for.
internal sealed class AsyncGate
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(1, 1);

    public async Task RunAsync(Func<Task> work, CancellationToken stop)
    {
        await _free.WaitAsync(stop);
        try
        {
            await work();
        }
        finally
        {
            _free.Release();
        }
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        await _free.WaitAsync(stop);
        try
        {
            return await work();
        }
        finally
        {
            _free.Release();
        }
    }
}
