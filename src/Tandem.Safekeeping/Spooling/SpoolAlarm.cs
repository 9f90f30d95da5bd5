using Microsoft.Extensions.Logging;

namespace Tandem.Safekeeping.Spooling;

/// <summary>Says a problem once, and once when it is over.</summary>
internal sealed partial class SpoolAlarm(ILogger log)
{
    private readonly Lock _lock = new();
    private string? _problem;

    public event Action<string>? Raised;

    public string? Problem
    {
        get
        {
            lock (_lock)
                return _problem;
        }
    }

    public void Raise(string problem)
    {
        lock (_lock)
        {
            if (_problem == problem)
                return;
            _problem = problem;
        }

        LogProblem(log, problem);
        Raised?.Invoke(problem);
    }

    public void Clear()
    {
        lock (_lock)
        {
            if (_problem is null)
                return;
            _problem = null;
        }

        LogOver(log);
    }

    [LoggerMessage(3000, LogLevel.Error, "Spool: {Problem}")]
    private static partial void LogProblem(ILogger log, string problem);

    [LoggerMessage(3001, LogLevel.Information, "Spool: the disk takes data again")]
    private static partial void LogOver(ILogger log);
}
