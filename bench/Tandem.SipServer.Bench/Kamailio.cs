using Tandem.Lab.Machines;

namespace Tandem.SipServer.Bench;

/// <summary>kamailio as a stateful proxy on the core that SIP Server had.</summary>
internal sealed class Kamailio : IAsyncDisposable
{
    private const string Program = "/usr/sbin/kamailio";

    private readonly ChildProcess _process;
    private readonly DirectoryInfo _folder;

    private Kamailio(ChildProcess process, DirectoryInfo folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    public int Id => _process.Id;

    /// <returns>Null where it is not installed.</returns>
    public static async Task<Kamailio?> StartAsync()
    {
        if (!File.Exists(Program)) return null;
        var folder = Directory.CreateTempSubdirectory("tandem-bench-kamailio-");
        var port = FreePorts.Next();
        var file = Path.Combine(folder.FullName, "kamailio.cfg");
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "peers", "kamailio.cfg"));
        await File.WriteAllTextAsync(file, text.Replace("PORT", $"{port}", StringComparison.Ordinal));
        var process = ChildProcess.Start("taskset",
        [
            "-c", "0", Program, "-f", file, "-DD", "-E", "-m", "512", "-M", "16", "-w", folder.FullName, "-Y", folder.FullName,
            "-P", Path.Combine(folder.FullName, "pid"),
        ]);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        return process.HasExited ? throw new InvalidOperationException($"kamailio ended:\n{process.Tail}") : new(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(true);
    }
}
