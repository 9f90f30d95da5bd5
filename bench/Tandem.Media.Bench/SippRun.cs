using System.Diagnostics;
using System.Globalization;

namespace Tandem.Media.Bench;

/// <summary>SIPp's RTP echo: a plain receiver that sends each packet back, records nothing, and has one port for all.</summary>
internal static class SippRun
{
    private const string Sipp = "/usr/bin/sipp";
    private const int SipPort = 15_996;
    private const int MediaPort = 15_990;

    /// <returns>Null where SIPp is not installed.</returns>
    public static async Task<BenchResult?> MeasureAsync(BenchOptions options)
    {
        if (!File.Exists(Sipp))
            return null;
        var start = new ProcessStartInfo(Sipp)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in (string[])[
            "-sn", "uas", "-i", "127.0.0.1", "-p", Text(SipPort), "-mi", "127.0.0.1", "-mp", Text(MediaPort), "-rtp_echo", "-nostdin"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        process.Refresh();
        var (before, cpu) = (process.WorkingSet64, TimeSpan.Zero);
        var streams = Enumerable.Range(0, 2 * options.Calls).Select(leg => new Stream(Stream.LocalOf(leg), MediaPort));
        var load = await LoadProcess.RunAsync(streams, BenchOptions.WarmUpSeconds, options.Seconds, () => cpu = process.Cpu());
        cpu = process.Cpu() - cpu;
        var memory = process.WorkingSet64 - before;
        process.Kill();
        await process.WaitForExitAsync();
        return new BenchResult("sipp, echo only", options.Calls, cpu.TotalSeconds, load.Sent - load.Back, memory, load, null);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
