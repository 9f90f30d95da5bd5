namespace Tandem.Media.Rtcp;

/// <summary>Sender information (RFC 3550 §6.4.1): ties a sender's wall clock to its media timestamps.</summary>
/// <param name="NtpTime">64-bit NTP format, seconds since 1900 above the point.</param>
public readonly record struct SenderInfo(ulong NtpTime, uint RtpTimestamp, uint Packets, uint Octets)
{
    private const long NtpToUnixSeconds = 2_208_988_800;

    /// <summary>UTC microseconds since 1970; valid until the NTP era ends in 2036.</summary>
    public long UtcUs =>
        (((long)(NtpTime >> 32) - NtpToUnixSeconds) * 1_000_000) + (long)(((NtpTime & 0xFFFF_FFFF) * 1_000_000) >> 32);

    public static ulong NtpFromUtcUs(long utcUs)
    {
        var seconds = (ulong)((utcUs / 1_000_000) + NtpToUnixSeconds);
        return (seconds << 32) | (((ulong)(utcUs % 1_000_000) << 32) / 1_000_000);
    }
}
