namespace Tandem.Media.Rtcp;

/// <summary>Reception report block (RFC 3550 §6.4.1).</summary>
/// <param name="FractionLost">Out of 256, since the last report.</param>
/// <param name="CumulativeLost">Signed, 24 bits on the wire.</param>
/// <param name="Jitter">Timestamp units.</param>
/// <param name="LastSr">Middle 32 bits of the NTP time of the last sender report; 0 for none.</param>
/// <param name="DelaySinceLastSr">In 1/65,536 seconds.</param>
public readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint ExtendedHighest,
    uint Jitter,
    uint LastSr,
    uint DelaySinceLastSr);
