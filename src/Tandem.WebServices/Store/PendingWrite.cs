namespace Tandem.WebServices.Store;

/// <summary>A write waiting for its group; its result is given out only after the commit.</summary>
internal sealed class PendingWrite<T>(Func<TandemDb, Task<T>> work, CancellationToken stop) : IPendingWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Completion => _completion.Task;

    public async Task RunAsync(TandemDb db)
    {
        stop.ThrowIfCancellationRequested();
        _result = await work(db);
    }

    public void Committed() => _completion.TrySetResult(_result!);

    public void Fail(Exception failure) => _completion.TrySetException(failure);
}
