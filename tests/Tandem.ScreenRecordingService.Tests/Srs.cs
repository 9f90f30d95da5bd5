using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The built <c>tandem-srs</c>, as a process.</summary>
internal static class Srs
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "tandem-srs");

    public static RunningProcess Start(params string[] arguments) => RunningProcess.Start(Program, arguments);

    public static RunningProcess Start(Dictionary<string, string> environment, params string[] arguments) =>
        RunningProcess.Start(Program, arguments, environment);

    /// <inheritdoc cref="RunningProcess.StartIgnoring"/>
    public static RunningProcess StartIgnoring(string signal, Dictionary<string, string> environment, params string[] arguments) =>
        RunningProcess.StartIgnoring(signal, Program, arguments, environment);

    /// <inheritdoc cref="RunningProcess.EndAsync"/>
    public static Task SignalAsync(RunningProcess process, string signal) => process.EndAsync(signal, TestContext.Current.CancellationToken);
}
