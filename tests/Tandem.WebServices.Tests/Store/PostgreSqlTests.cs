using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tandem.TestKit;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Tests.Store;

/// <summary>On a real PostgreSQL; skipped where none is installed.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task The_scripts_make_what_the_model_says_and_audit_lines_of_many_writers_form_one_chain()
    {
        Assert.SkipUnless(PostgreSqlServer.Missing is null, PostgreSqlServer.Missing ?? "");
        var stop = TestContext.Current.CancellationToken;
        await using var server = await PostgreSqlServer.StartAsync(stop);
        await using var store = await PostgreSqlStore.OpenAsync(server.Connection("scripted"), stop);
        await using (var again = await PostgreSqlStore.OpenAsync(server.Connection("scripted"), stop))
        {
            await ModelAsync(server.Connection("modelled"), stop);
            var scripted = await DescribeAsync(server.Connection("scripted"), stop);
            Assert.Equal(
                await DescribeAsync(server.Connection("modelled"), stop),
                scripted.Where(line => !line.StartsWith(ScriptRunner.Journal, StringComparison.Ordinal)));
        }

        var audit = new AuditLog(store, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => audit.AppendAsync("admin", "played", $"s{i}", "", stop)));
        var lines = await store.ReadAsync(db => db.Set<AuditEntry>().OrderBy(line => line.Number).ToListAsync(stop), stop);
        Assert.Equal(20, lines.Count);
        Assert.Null(AuditLog.FirstFault(lines));
    }

    private static async Task ModelAsync(string connection, CancellationToken stop)
    {
        await using var db = new TandemDb(new DbContextOptionsBuilder<TandemDb>().UseNpgsql(connection).Options);
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), stop);
    }

    private static async Task<List<string>> DescribeAsync(string connection, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("""
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS line
              FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT tablename || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            ORDER BY 1
            """);
        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            lines.Add(rows.GetString(0));
        }

        return lines;
    }
}
