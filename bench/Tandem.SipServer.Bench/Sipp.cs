using System.Diagnostics;
using System.Globalization;
using Tandem.Lab.Machines;

namespace Tandem.SipServer.Bench;

/// <summary>SIPp as load, on the other core.</summary>
internal sealed class Sipp : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-bench-sipp-");

    /// <summary>The one port of all callers, and that of all callees.</summary>
    public int CallerPort { get; } = FreePorts.Next();

    public int CalleePort { get; } = FreePorts.Next();

    /// <summary>Every number registers once.</summary>
    /// <returns>Seconds it took, and how many did not succeed.</returns>
    public Task<(double Seconds, int Failed)> RegisterAsync(
        IReadOnlyList<string> numbers, int server, int rate, int port, bool digest = true) =>
        RunAsync(digest ? "register" : "register-open", numbers, numbers.Count, server, port, rate, []);

    /// <summary>Calls to the numbers in turn.</summary>
    public Task<(double Seconds, int Failed)> CallAsync(
        IReadOnlyList<string> numbers, int calls, int server, int rate, int holdMs) =>
        RunAsync("caller", numbers, calls, server, CallerPort, rate, ["-d", $"{holdMs}"]);

    /// <summary>Answers until it is disposed.</summary>
    public ChildProcess Answer() => ChildProcess.Start("taskset",
        ["-c", "1", "sipp", "-sf", Scenario("callee"), "-i", "127.0.0.1", "-p", $"{CalleePort}", "-nostdin", "-trace_stat", "-fd", "3600", "-stf", Path.Combine(_folder.FullName, "callee.csv")]);

    private async Task<(double Seconds, int Failed)> RunAsync(
        string scenario, IReadOnlyList<string> numbers, int count, int server, int port, int rate, string[] more)
    {
        var list = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(list, numbers
            .Select(dn => $"{dn};[authentication username={dn} password=pw-{dn}]").Prepend("SEQUENTIAL"));
        var watch = Stopwatch.StartNew();
        await using var sipp = ChildProcess.Start("taskset",
        [
            "-c", "1", "sipp", "-sf", Scenario(scenario), "-inf", list, "-i", "127.0.0.1", "-p", $"{port}", "-m", $"{count}",
            "-r", $"{rate}", "-l", "60000", "-nostdin", "-timeout", "300s", "-trace_stat", "-fd", "3600", "-stf", list + ".stat",
            .. more, $"127.0.0.1:{server}",
        ]);
        await sipp.WaitForExitAsync(TimeSpan.FromSeconds(310), CancellationToken.None);
        return (watch.Elapsed.TotalSeconds, count - Successful(list + ".stat", sipp));
    }

    private static int Successful(string statistics, ChildProcess sipp)
    {
        var lines = File.Exists(statistics) ? File.ReadAllLines(statistics) : [];
        if (lines.Length < 2) throw new InvalidOperationException($"sipp left no statistics:\n{sipp.Tail}");
        var column = Array.IndexOf(lines[0].Split(';'), "SuccessfulCall(C)");
        return int.Parse(lines[^1].Split(';')[column], CultureInfo.InvariantCulture);
    }

    private static string Scenario(string name) => Path.Combine(AppContext.BaseDirectory, "peers", $"{name}.xml");

    public void Dispose() => _folder.Delete(true);
}
