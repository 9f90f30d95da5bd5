namespace Tandem.ScreenRecordingService.Service;

internal static class UtcClock
{
    /// <summary>UTC microseconds since 1970.</summary>
    public static long NowUs(this TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
