using System.Runtime.CompilerServices;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests.Windows;

/// <summary>The program as published for Windows, under wine: <c>build/publish-windows</c> has made it (a minute or two the
/// first time, seconds when nothing changed), and a wine of its own runs it on a virtual display.</summary>
public sealed class WindowsProgram : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private XvfbDisplay? display;

    /// <summary>Null, or the sentence why these tests are skipped.</summary>
    public static string? Missing { get; } = Tool.Missing("wine", "x86_64-w64-mingw32-gcc", "nasm", "make", "dpkg-source");

    internal XvfbDisplay Display => display!;

    internal string Program { get; private set; } = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        var (code, said) = await RunningProcess.RunAsync(Path.Combine(Repository(), "build", "publish-windows"), [], Stop);
        Assert.True(code == 0, said);
        Program = Path.Combine(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim(), "tandem-srs.exe");
        display = await XvfbDisplay.StartAsync(1280, 720, Stop);
        environment["DISPLAY"] = display.Name;
        environment["WINEPREFIX"] = folder.At("wine");
        environment["WINEDEBUG"] = "-all";
        // Neither .NET Framework nor a browser is asked for, and nothing is downloaded.
        environment["WINEDLLOVERRIDES"] = "mscoree,mshtml=";
        await using var boot = RunningProcess.Start("wine", ["wineboot", "--init"], environment);
        await boot.WaitAsync(Stop);
        Assert.True(boot.ExitCode == 0, boot.Output);
    }

    internal RunningProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    internal RunningProcess Start(Dictionary<string, string> more, params string[] arguments) =>
        RunningProcess.Start("wine", [Program, .. arguments], environment.Concat(more).ToDictionary());

    /// <summary>A program that wine brings along.</summary>
    internal RunningProcess StartWine(params string[] arguments) => RunningProcess.Start("wine", arguments, environment);

    /// <summary>Runs to the end. wine's own service manager may be started by it and outlive it: it must not inherit a pipe
    /// that somebody waits for the end of.</summary>
    /// <returns>All output.</returns>
    internal async Task<string> RunDetachedAsync(string program, params string[] arguments)
    {
        var said = folder.At(Path.GetRandomFileName());
        await using var shell = RunningProcess.Start(
            "sh", ["-c", "out=$1; shift; exec wine \"$@\" >\"$out\" 2>&1 </dev/null", "sh", said, program, .. arguments], environment);
        await shell.WaitAsync(Stop);
        return await File.ReadAllTextAsync(said, Stop);
    }

    /// <summary>A path as Windows programs see it.</summary>
    internal static string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    public async ValueTask DisposeAsync()
    {
        if (display is not null)
        {
            // Ends every process of this wine, and no other's.
            await using var server = RunningProcess.Start("env", ["/usr/lib/wine/wineserver64", "-k", "-w"], environment);
            await server.WaitAsync(CancellationToken.None);
            await display.DisposeAsync();
        }
        folder.Dispose();
    }

    private static string Repository([CallerFilePath] string here = "")
    {
        var at = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(at.FullName, "Tandem.slnx")))
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return at.FullName;
    }
}
