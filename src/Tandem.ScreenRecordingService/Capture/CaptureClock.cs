namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The one clock of a capture: UTC as it was read once, and monotonic time since. Whoever sets the machine's clock
/// during a capture moves none of its instants against each other.</summary>
/// <param name="sleptMs">How long this machine has slept since it started, in all.</param>
internal sealed class CaptureClock(TimeProvider time, long sleptMs)
{
    private readonly long anchorUs = UtcAnchor.At(time, 0) - sleptMs * 1_000;

    /// <summary>UTC microseconds.</summary>
    public long NowUs => At(time.GetTimestamp());

    /// <summary>UTC microseconds.</summary>
    /// <param name="timestamp">Of <see cref="TimeProvider.GetTimestamp"/>.</param>
    public long At(long timestamp) => anchorUs + SteadyUs(timestamp);

    /// <summary>Microseconds since the machine started, sleep included: all processes agree on it.</summary>
    public long SteadyUs(long timestamp) => (long)time.GetElapsedTime(0, timestamp).TotalMicroseconds + sleptMs * 1_000;

    /// <summary>Tells the clock of a sleep, which monotonic time does not see.</summary>
    public void Slept(long newMs) => sleptMs += newMs;
}
