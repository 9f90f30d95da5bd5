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
    SrtpTerms? Srtp = null, int RtcpPort = 0)
{
    /// <summary>Further codecs that the peer may change to by itself, with their payload types.</summary>
    public IReadOnlyList<(int PayloadType, AudioCodec Codec)> Others { get; init; } = [];

    /// <summary>This agreement after the peer changed to another of its codecs; null where the type is none of them.</summary>
    public LegMedia? ChangedTo(int payloadType)
    {
        foreach (var other in Others)
        {
            if (other.PayloadType == payloadType)
                return this with
                {
                    Codec = other.Codec,
                    PayloadType = payloadType,
                    Others = [.. Others.Where(one => one != other), (PayloadType, Codec)],
                };
        }
        return null;
    }
}
