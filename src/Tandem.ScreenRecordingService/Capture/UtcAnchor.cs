namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Reads both clocks as one: a thread that is put aside between two readings would shift a whole recording.</summary>
internal static class UtcAnchor
{
    private const int Attempts = 8;
    private const double GoodGapUs = 100;

    /// <summary>UTC microseconds of the instant that <paramref name="timestamp"/> (of <see cref="TimeProvider.GetTimestamp"/>) names.</summary>
    public static long At(TimeProvider time, long timestamp)
    {
        var (bestGapUs, utcUs) = (double.MaxValue, 0L);
        for (var i = 0; i < Attempts && bestGapUs > GoodGapUs; i++)
        {
            var before = time.GetTimestamp();
            var utc = time.GetUtcNow();
            var gapUs = time.GetElapsedTime(before).TotalMicroseconds;
            if (gapUs >= bestGapUs)
                continue;
            bestGapUs = gapUs;
            utcUs = (utc - DateTimeOffset.UnixEpoch).Ticks / 10 - (long)(time.GetElapsedTime(timestamp, before).TotalMicroseconds + gapUs / 2);
        }
        return utcUs;
    }
}
