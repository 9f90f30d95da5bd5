using Microsoft.Extensions.Logging;

namespace Tandem.Hosting;

/// <summary>Runs a piece of background work for as long as its owner lives: work that throws is logged and started
/// again after a pause that doubles from 0.2 s to 30 s and falls back once it ran a minute.</summary>
public sealed partial class SupervisedLoop : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private SupervisedLoop(string name, Func<CancellationToken, Task> work, TimeProvider time, ILogger log) =>
        _running = Task.Run(() => RunAsync(name, work, time, log));

    /// <param name="work">Ends when it is done for good, or when its token is cancelled.</param>
    public static SupervisedLoop Start(
        string name, Func<CancellationToken, Task> work, TimeProvider time, ILogger log) => new(name, work, time, log);

    /// <summary>Completes when the work has ended for good.</summary>
    public Task Completion => _running;

    /// <summary>Cancels the work and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(string name, Func<CancellationToken, Task> work, TimeProvider time, ILogger log)
    {
        var pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                await work(_stop.Token);
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Supervision is the one place that takes every failure: it logs and starts anew.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                pause = time.GetElapsedTime(started) >= Healthy ? FirstPause : pause;
                LogFailed(log, failure, name, pause.TotalSeconds);
            }

            try
            {
                await Task.Delay(pause, time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(3500, LogLevel.Error, "{Name} failed and starts again in {Seconds} s")]
    private static partial void LogFailed(ILogger log, Exception failure, string name, double seconds);
}
