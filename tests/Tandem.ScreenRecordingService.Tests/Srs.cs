using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The built <c>tandem-srs</c>, as a process.</summary>
internal static class Srs
{
    public static RunningProcess Start(params string[] arguments) =>
        RunningProcess.Start(Path.Combine(AppContext.BaseDirectory, "tandem-srs"), arguments);

    public static RunningProcess Start(Dictionary<string, string> environment, params string[] arguments) =>
        RunningProcess.Start(Path.Combine(AppContext.BaseDirectory, "tandem-srs"), arguments, environment);

    /// <summary>As one whose files may be limited and who is told so, instead of ended by SIGXFSZ.</summary>
    public static RunningProcess StartLimitable(Dictionary<string, string> environment, params string[] arguments) => RunningProcess.Start(
        "sh", ["-c", "trap '' XFSZ; exec \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "tandem-srs"), .. arguments], environment);

    /// <summary>Sends a signal and waits for the end.</summary>
    public static async Task SignalAsync(RunningProcess process, string signal)
    {
        await RunningProcess.RunAsync("kill", [$"-{signal}", $"{process.Id}"], TestContext.Current.CancellationToken);
        await process.WaitAsync(TestContext.Current.CancellationToken);
    }
}
