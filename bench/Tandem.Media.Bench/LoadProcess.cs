using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tandem.Media.Bench;

/// <summary>Runs the generator in its own process, so that its CPU is told apart.</summary>
internal static class LoadProcess
{
    /// <param name="warm">Called when the measured time begins.</param>
    public static async Task<LoadResult> RunAsync(IEnumerable<Stream> streams, int warmUpSeconds, int seconds, Action warm)
    {
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, streams.Select(stream => stream.ToString()));
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["--load", list, Text(warmUpSeconds), Text(seconds)])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != "warm")
            throw new InvalidOperationException("the generator did not begin");
        warm();
        var machine = MachineFigures.Now();
        var result = JsonSerializer.Deserialize(await process.StandardOutput.ReadLineAsync() ?? "", LoadJson.Default.LoadResult)!;
        result = result with { Machine = MachineFigures.Now() - machine };
        await process.WaitForExitAsync();
        File.Delete(list);
        return result;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
