using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The built <c>tandem-srs</c>, as a process.</summary>
internal static class Srs
{
    public static RunningProcess Start(params string[] arguments) =>
        RunningProcess.Start(Path.Combine(AppContext.BaseDirectory, "tandem-srs"), arguments);

    public static RunningProcess Start(Dictionary<string, string> environment, params string[] arguments) =>
        RunningProcess.Start(Path.Combine(AppContext.BaseDirectory, "tandem-srs"), arguments, environment);

    /// <summary>As one that ignores a signal from its start on: XFSZ, so that it is told of a limit of its files and not ended; or
    /// INT, as what a script puts in the background does.</summary>
    public static RunningProcess StartIgnoring(string signal, Dictionary<string, string> environment, params string[] arguments) => RunningProcess.Start(
        "sh", ["-c", $"trap '' {signal}; exec \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "tandem-srs"), .. arguments], environment);

    /// <summary>Sends a signal and waits for the end, a minute at most.</summary>
    public static async Task SignalAsync(RunningProcess process, string signal)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await RunningProcess.RunAsync("kill", [$"-{signal}", $"{process.Id}"], patience.Token);
        await process.WaitAsync(patience.Token);
    }
}
