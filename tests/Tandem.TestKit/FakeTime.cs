namespace Tandem.TestKit;

/// <summary>A clock that stands until a test moves it. Timers fire on the thread that calls <see cref="Advance"/>, in
/// the order of their times. Starts at 2026-01-01T00:00:00Z; its monotonic clock starts at 0 and never steps.</summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _utc;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _ticks;
    }

    /// <summary>Moves both clocks; fires the timers that fall due, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetTimestamp() + by.Ticks;
        while (NextDue(end) is { } timer)
            timer.Fire();
        MoveTo(end);
    }

    /// <summary>Steps the wall clock alone, as an operator or NTP does.</summary>
    public void StepUtc(TimeSpan by)
    {
        lock (_lock)
            _utc += by;
    }

    /// <summary>Whether a timer waits that fires when the clock has moved by exactly this.</summary>
    public bool FiresAfter(TimeSpan wait)
    {
        lock (_lock)
            return _timers.Any(t => t.DueTicks == _ticks + wait.Ticks);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private FakeTimer? NextDue(long end)
    {
        lock (_lock)
        {
            var next = _timers.Where(t => t.DueTicks <= end).MinBy(t => t.DueTicks);
            if (next?.DueTicks is { } due && due > _ticks)
                Move(Math.Min(due, end));
            return next;
        }
    }

    private void MoveTo(long ticks)
    {
        lock (_lock)
        {
            if (ticks > _ticks)
                Move(ticks);
        }
    }

    private void Move(long ticks)
    {
        _utc += TimeSpan.FromTicks(ticks - _ticks);
        _ticks = ticks;
    }
}
