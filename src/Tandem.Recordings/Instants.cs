namespace Tandem.Recordings;

/// <summary>Instants as Tandem keeps them: UTC microseconds since 1970.</summary>
public static class Instants
{
    public static long Micros(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(long micros) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static long NowMicros(this TimeProvider time) => Micros(time.GetUtcNow());
}
