namespace Tandem.Contracts.Media;

/// <summary>Where a source of RTP was put on the segment's axis. A new one says that the source, its clock or its codec
/// changed.</summary>
/// <param name="Dn">Who sent it.</param>
/// <param name="Ssrc">Synchronisation source (RFC 3550 §3).</param>
/// <param name="Codec">As rtpmap names it.</param>
/// <param name="AtMs">Where <paramref name="RtpTimestamp"/> stands; negative when it came before the segment.</param>
/// <param name="SenderUtcUs">The same moment on the sender's own clock, from its sender reports; null where it sent none.
/// </param>
public sealed record VoiceAnchor(string Dn, uint Ssrc, string Codec, long AtMs, uint RtpTimestamp, long? SenderUtcUs);
