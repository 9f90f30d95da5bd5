using Tandem.Media.Codecs;
using Tandem.Media.Net;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>What offer and answer agreed for a leg.</summary>
/// <param name="PayloadType">Of <paramref name="Codec"/> on this leg, both ways.</param>
/// <param name="EventType">Payload type of telephone-event, or -1.</param>
/// <param name="Remote">Where the peer wants its packets; none while it is held by 0.0.0.0.</param>
/// <param name="PeerSends">Seen from us: whether the peer sends.</param>
/// <param name="PeerReceives">Whether the peer wants to hear.</param>
/// <param name="Srtp">The keys, or null for RTP in clear.</param>
/// <param name="RtcpPort">Where the peer wants its reports (RFC 3605), or 0 for the port above its RTP.</param>
internal sealed record LegMedia(
    AudioCodec Codec, int PayloadType, int EventType, MediaAddress Remote, bool PeerSends, bool PeerReceives,
    SrtpTerms? Srtp = null, int RtcpPort = 0);
