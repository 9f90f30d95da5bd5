using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Keeps what is logged at Warning and above, one line each.</summary>
internal sealed class LogBook : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>What no hostile input may bring about.</summary>
    public IReadOnlyList<string> Errors => [.. _lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}".TrimEnd());
    }

    public void Dispose()
    {
    }
}
