namespace Tandem.Safekeeping.Uploading;

/// <summary>Pauses after failures: doubles from half a second, each drawn between half and the whole of it, so that
/// thousands of recorders do not return at once.</summary>
internal sealed class Backoff(TimeSpan longest, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures;
    private long _failedAt;
    private TimeSpan _pause;

    public bool IsOver
    {
        get
        {
            lock (_lock)
                return _failures == 0 || time.GetElapsedTime(_failedAt) >= _pause;
        }
    }

    /// <summary>True on the first failure after a success.</summary>
    public bool Failed()
    {
        lock (_lock)
        {
            var whole = Math.Min(longest.TotalMilliseconds, 500 * Math.Pow(2, Math.Min(_failures, 20)));
            _pause = TimeSpan.FromMilliseconds(whole * (0.5 + Random.Shared.NextDouble() / 2));
            _failedAt = time.GetTimestamp();
            return _failures++ == 0;
        }
    }

    /// <summary>True when there was a failure before.</summary>
    public bool Succeeded()
    {
        lock (_lock)
        {
            var had = _failures > 0;
            _failures = 0;
            return had;
        }
    }
}
