namespace Tandem.TestKit;

internal sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;

    /// <summary>On the monotonic clock; null: stopped.</summary>
    internal long? DueTicks { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        DueTicks = dueTime == Timeout.InfiniteTimeSpan ? null : time.GetTimestamp() + dueTime.Ticks;
        return true;
    }

    internal void Fire()
    {
        DueTicks = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : DueTicks + _period.Ticks;
        callback(state);
    }

    public void Dispose()
    {
        DueTicks = null;
        time.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
