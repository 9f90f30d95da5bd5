using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Tests.Store;

public sealed class SqliteSchemaTests
{
    [Fact]
    public async Task The_scripts_make_what_the_model_says()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var scripted = new SqliteConnection("Data Source=:memory:");
        await scripted.OpenAsync(stop);
        await ScriptRunner.RunAsync(scripted, ScriptRunner.Sqlite, stop);
        await using var modelled = new SqliteConnection("Data Source=:memory:");
        await modelled.OpenAsync(stop);
        await using var db = new TandemDb(new DbContextOptionsBuilder<TandemDb>().UseSqlite(modelled).Options);
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), stop);

        Assert.Equal(Describe(modelled), Describe(scripted).Where(line => !line.StartsWith(ScriptRunner.Journal, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(stop);
        await ScriptRunner.RunAsync(connection, ScriptRunner.Sqlite, stop);
        var before = Describe(connection);
        await ScriptRunner.RunAsync(connection, ScriptRunner.Sqlite, stop);

        Assert.Equal(before, Describe(connection));
        Assert.NotEmpty(before);
    }

    private static List<string> Describe(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
              FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
            UNION ALL SELECT m.tbl_name || ' index ' || m.name || ' ' || i.seqno || ' ' || i.name
              FROM sqlite_master m JOIN pragma_index_info(m.name) i WHERE m.type = 'index'
            ORDER BY 1
            """;
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(rows.GetString(0));
        }

        return lines;
    }
}
