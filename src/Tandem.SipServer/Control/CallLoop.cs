using Microsoft.Extensions.Logging;

namespace Tandem.SipServer.Control;

/// <summary>The one line of work on which all call state lives: work runs one piece at a time, in order, and comes back to
/// it after each await. So call control is written as plain sequences without locks; between two awaits nothing else
/// changes, after an await everything may have.</summary>
internal sealed partial class CallLoop(ILogger log)
{
    private readonly TaskFactory _line = new(
        CancellationToken.None, TaskCreationOptions.None, TaskContinuationOptions.None, new CallLane());

    /// <summary>Queues work from any thread.</summary>
    public void Post(Action work) => _line.StartNew(() =>
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // One call's bug must not stop the others: it is logged as an error and that call stays.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(log, failure);
        }
    });

    /// <summary>Queues a sequence whose outcome nobody awaits; a failure is logged.</summary>
    public void Start(Func<Task> sequence) => _ = GuardAsync(RunAsync(sequence));

    /// <summary>Watches work that was begun at once, for what it says must go out before what follows.</summary>
    public void Watch(Task begun) => _ = GuardAsync(begun);

    /// <summary>Runs a sequence and gives its end.</summary>
    public Task RunAsync(Func<Task> sequence) => _line.StartNew(sequence).Unwrap();

    public Task<T> RunAsync<T>(Func<Task<T>> sequence) => _line.StartNew(sequence).Unwrap();

    public Task<T> RunAsync<T>(Func<T> work) => _line.StartNew(work);

    private async Task GuardAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(log, failure);
        }
    }

    [LoggerMessage(4000, LogLevel.Error, "A piece of call control failed")]
    private static partial void LogFailed(ILogger log, Exception failure);
}
