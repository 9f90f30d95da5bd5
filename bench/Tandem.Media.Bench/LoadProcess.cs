using System.Diagnostics;
using System.Globalization;

namespace Tandem.Media.Bench;

/// <summary>Runs the generator in its own process.</summary>
internal static class LoadProcess
{
    public static async Task<(long Sent, long Back)> RunAsync(IEnumerable<int> remotePorts, int seconds)
    {
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, remotePorts.Select(port => port.ToString(CultureInfo.InvariantCulture)));
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["--load", list, seconds.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(list);
        var numbers = output.Trim().Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }
}
