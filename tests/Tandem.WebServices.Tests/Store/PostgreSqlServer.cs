using Npgsql;
using Tandem.TestKit;

namespace Tandem.WebServices.Tests.Store;

/// <summary>A PostgreSQL of the test's own on loopback, without fsync.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly string _folder;
    private readonly int _port;
    private readonly RunningProcess _process;

    private PostgreSqlServer(string folder, int port, RunningProcess process)
    {
        _folder = folder;
        _port = port;
        _process = process;
    }

    /// <summary>Why it cannot be started here; null when it can.</summary>
    public static string? Missing =>
        !File.Exists($"{Binaries}/postgres") ? "PostgreSQL 15 is not installed." : Tool.Missing("setpriv");

    public static async Task<PostgreSqlServer> StartAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("tandem-pg-").FullName;
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["postgres", folder], stop);
        }

        await RunAsync(
            "env", ["-C", folder, .. AsPostgres($"{Binaries}/initdb"), "-D", $"{folder}/data", "-U", "tandem", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"], stop);
        var port = FreePorts.One();
        var process = RunningProcess.Start(
            "env",
            ["-C", folder, .. AsPostgres($"{Binaries}/postgres"), "-D", $"{folder}/data", "-p", $"{port}", "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "shared_buffers=32MB"]);
        await process.WaitForAsync("ready to accept connections", stop);
        var server = new PostgreSqlServer(folder, port, process);
        foreach (var database in (string[])["scripted", "modelled"])
        {
            await using var source = NpgsqlDataSource.Create(server.Connection("postgres"));
            await using var command = source.CreateCommand($"CREATE DATABASE {database}");
            await command.ExecuteNonQueryAsync(stop);
        }

        return server;
    }

    public string Connection(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=tandem;Database={database};Pooling=false";

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] AsPostgres(string program) => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", program]
        : [program];

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        var (exitCode, output) = await RunningProcess.RunAsync(program, arguments, stop);
        Assert.True(exitCode == 0, output);
    }
}
