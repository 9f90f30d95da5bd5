using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Tandem.WebServices.Store;

/// <summary>Runs the embedded numbered scripts that a database does not have yet, all in one transaction.</summary>
internal static class ScriptRunner
{
    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";

    /// <summary>Table of what ran: number and name.</summary>
    public const string Journal = "SchemaScripts";

    public static async Task RunAsync(DbConnection connection, string provider, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (provider == PostgreSql)
        {
            // Nodes that start at once take turns.
            await ExecuteAsync(connection, transaction, "SELECT pg_advisory_xact_lock(7236846)", stop);
        }

        await ExecuteAsync(connection, transaction,
            $"CREATE TABLE IF NOT EXISTS \"{Journal}\" (\"Number\" BIGINT NOT NULL PRIMARY KEY, \"Name\" TEXT NOT NULL);", stop);
        var done = await DoneAsync(connection, transaction, stop);
        foreach (var script in Scripts(provider).Where(script => !done.Contains(script.Number)))
        {
            await ExecuteAsync(connection, transaction, script.Sql, stop);
            await ExecuteAsync(connection, transaction,
                string.Create(CultureInfo.InvariantCulture, $"INSERT INTO \"{Journal}\" VALUES ({script.Number}, '{script.Name}');"), stop);
        }

        await transaction.CommitAsync(stop);
    }

    /// <summary>In order of their numbers.</summary>
    public static IReadOnlyList<SchemaScript> Scripts(string provider)
    {
        var assembly = typeof(ScriptRunner).Assembly;
        var prefix = $"Tandem.WebServices.Store.Scripts.{provider}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[prefix.Length..^".sql".Length]))
            .OrderBy(script => script.Number)];
    }

    private static SchemaScript Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var number = long.Parse(name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        return new SchemaScript(number, name, reader.ReadToEnd());
    }

    private static async Task<HashSet<long>> DoneAsync(DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT \"Number\" FROM \"{Journal}\"";
        var done = new HashSet<long>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            done.Add(rows.GetInt64(0));
        }

        return done;
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(stop);
    }
}
