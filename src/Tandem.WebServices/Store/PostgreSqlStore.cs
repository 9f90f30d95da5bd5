using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Tandem.WebServices.Store;

/// <summary>PostgreSQL: every write is a transaction of its own, tried again when it collides with another node's.</summary>
internal sealed class PostgreSqlStore : DataStore
{
    private const int Attempts = 10;
    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions<TandemDb> _options;

    private PostgreSqlStore(NpgsqlDataSource source)
    {
        _source = source;
        _options = new DbContextOptionsBuilder<TandemDb>().UseNpgsql(source).Options;
    }

    /// <summary>Brings the schema up to date; several nodes may start at once.</summary>
    public static async Task<PostgreSqlStore> OpenAsync(string connectionString, CancellationToken stop)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        await using (var connection = await source.OpenConnectionAsync(stop))
        {
            await ScriptRunner.RunAsync(connection, ScriptRunner.PostgreSql, stop);
        }

        return new PostgreSqlStore(source);
    }

    public override async Task<T> WriteAsync<T>(Func<TandemDb, Task<T>> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(work, stop);
            }
            catch (Exception failure) when (attempt < Attempts && Collided(failure))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * attempt)), TimeProvider.System, stop);
            }
        }
    }

    public override Task LockChainAsync(TandemDb db, string chain, CancellationToken stop) =>
        db.Database.ExecuteSqlInterpolatedAsync($"SELECT pg_advisory_xact_lock(hashtextextended({chain}, 0))", stop);

    protected override TandemDb OpenReader() => new(_options);

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> OnceAsync<T>(Func<TandemDb, Task<T>> work, CancellationToken stop)
    {
        await using var db = new TandemDb(_options);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var result = await work(db);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return result;
    }

    /// <summary>Another transaction was first: a row changed or appeared meanwhile, or a deadlock was broken.</summary>
    private static bool Collided(Exception failure) =>
        failure is DbUpdateConcurrencyException
        || (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState is
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation;
}
