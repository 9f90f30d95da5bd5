using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Keeps one worker alive as a child of this process (<c>tandem-srs run</c>).</summary>
internal sealed partial class WorkerProcess(ServiceOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private const int SaidWhy = 3;

    private volatile int processId;

    public int Id => processId;

    /// <summary>Runs worker after worker until stopped; then waits for the last.</summary>
    public async Task RunAsync(WorkerGate gate, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var process = Process.Start(Arguments(gate.Path)) ?? throw new InvalidOperationException("The worker process did not start.");
            processId = process.Id;
            await process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                await EndAsync(process);
                return;
            }
            if (process.ExitCode != SaidWhy)
                gate.Missed($"The screen worker ended with exit code {process.ExitCode}.");
            LogGone(log, process.ExitCode);
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ProcessStartInfo Arguments(string socket)
    {
        var start = OwnProgram.Start("worker", "--attached", "--socket", socket);
        if (options.Display is { } display)
        {
            start.ArgumentList.Add("--display");
            start.ArgumentList.Add(display);
        }
        foreach (var word in ExcludeOption.Words(options.Excluded))
            start.ArgumentList.Add(word);
        return start;
    }

    private async Task EndAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopPatience, time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(7010, LogLevel.Warning, "The screen worker ended with exit code {Code} and is started again")]
    private static partial void LogGone(ILogger log, int code);
}
