namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Where the placer put a source of RTP.</summary>
/// <param name="AtUs">Call clock of <paramref name="RtpTimestamp"/>.</param>
/// <param name="ClockRate">Timestamp units per second.</param>
internal sealed record StreamAnchor(uint Ssrc, string Codec, int ClockRate, long AtUs, uint RtpTimestamp);
