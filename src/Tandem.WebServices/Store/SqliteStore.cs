using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Store;

/// <summary>SQLite in WAL mode: one consumer owns the read-write connection and commits groups with
/// synchronous=FULL; readers are read-only and never checkpoint (SQLite before 3.51.3 can corrupt a WAL that two
/// connections reset at once).</summary>
internal sealed class SqliteStore : DataStore
{
    private const int LargestGroup = 64;
    private readonly Channel<IPendingWrite> _queue = Channel.CreateUnbounded<IPendingWrite>(new() { SingleReader = true });
    private readonly SqliteConnection _writer;
    private readonly DbContextOptions<TandemDb> _readerOptions;
    private readonly DbContextOptions<TandemDb> _writerOptions;
    private readonly Task _consumer;

    private SqliteStore(SqliteConnection writer, string readerConnection)
    {
        _writer = writer;
        _writerOptions = new DbContextOptionsBuilder<TandemDb>().UseSqlite(writer).Options;
        _readerOptions = new DbContextOptionsBuilder<TandemDb>().UseSqlite(readerConnection).Options;
        _consumer = Task.Run(ConsumeAsync);
    }

    /// <summary>Opens or makes the file and brings its schema up to date.</summary>
    public static async Task<SqliteStore> OpenAsync(string path, CancellationToken stop)
    {
        var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await writer.OpenAsync(stop);
        await ExecuteAsync(writer, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0;", stop);
        await ScriptRunner.RunAsync(writer, ScriptRunner.Sqlite, stop);
        var reader = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly };
        return new SqliteStore(writer, reader.ToString());
    }

    public override async Task<T> WriteAsync<T>(Func<TandemDb, Task<T>> work, CancellationToken stop)
    {
        var write = new PendingWrite<T>(work, stop);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(write), this);
        return await write.Completion;
    }

    public override Task LockChainAsync(TandemDb db, string chain, CancellationToken stop) => Task.CompletedTask;

    protected override TandemDb OpenReader() => new(_readerOptions);

    public override async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _consumer;
        await _writer.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(stop);
    }

    private async Task ConsumeAsync()
    {
        var group = new List<IPendingWrite>(LargestGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            await CommitAsync(group);
            group.Clear();
        }
    }

    private async Task CommitAsync(List<IPendingWrite> group)
    {
        try
        {
            await using var transaction = _writer.BeginTransaction();
            foreach (var write in group)
            {
                await RunAsync(write, transaction);
            }

            transaction.Commit();
        }
        catch (Exception failure)
        {
            group.ForEach(write => write.Fail(failure));
            return;
        }

        group.ForEach(write => write.Committed());
    }

    private async Task RunAsync(IPendingWrite write, SqliteTransaction transaction)
    {
        // One write that fails must not undo its neighbours in the group.
        transaction.Save("write");
        try
        {
            await using var db = new TandemDb(_writerOptions);
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.UseTransactionAsync(transaction);
            await write.RunAsync(db);
            await db.SaveChangesAsync();
            transaction.Release("write");
        }
        catch (Exception failure)
        {
            transaction.Rollback("write");
            transaction.Release("write");
            write.Fail(failure);
        }
    }
}
