using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Store;

/// <summary>The only door to the database.</summary>
internal abstract class DataStore : IAsyncDisposable
{
    /// <summary>Runs <paramref name="work"/> in a transaction, saves, and returns once the commit is durable. The work
    /// may run again after a conflict, so it touches nothing but the database; an exception undoes it alone.</summary>
    public abstract Task<T> WriteAsync<T>(Func<TandemDb, Task<T>> work, CancellationToken stop);

    public Task WriteAsync(Func<TandemDb, Task> work, CancellationToken stop) =>
        WriteAsync(async db => { await work(db); return true; }, stop);

    /// <summary>Reads a consistent snapshot; nothing is tracked.</summary>
    public async Task<T> ReadAsync<T>(Func<TandemDb, Task<T>> work, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await using var db = OpenReader();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await work(db);
    }

    protected abstract TandemDb OpenReader();

    /// <summary>Serialises a chain (audit, ledger) across nodes until the transaction ends; free where one consumer
    /// writes anyway.</summary>
    public abstract Task LockChainAsync(TandemDb db, string chain, CancellationToken stop);

    public abstract ValueTask DisposeAsync();
}
