namespace Tandem.TestKit;

internal sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
{
    private const long Stopped = long.MaxValue;

    private TimeSpan _period;
    private long _dueTicks = Stopped;

    /// <summary>On the monotonic clock; the greatest number while stopped. Set while another thread moves the clock.</summary>
    internal long DueTicks => Volatile.Read(ref _dueTicks);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Volatile.Write(ref _dueTicks, dueTime == Timeout.InfiniteTimeSpan ? Stopped : time.GetTimestamp() + dueTime.Ticks);
        return true;
    }

    internal void Fire()
    {
        Volatile.Write(ref _dueTicks, _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? Stopped : DueTicks + _period.Ticks);
        callback(state);
    }

    public void Dispose()
    {
        Volatile.Write(ref _dueTicks, Stopped);
        time.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
