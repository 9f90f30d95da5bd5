using System.Net;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Sdp;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>Answers the offers of a recording session: as many blocks as offered, audio received only (RFC 7866 §7.1.2).</summary>
internal static class SiprecAnswer
{
    /// <summary>What we take of one offered block; null refuses it.</summary>
    /// <param name="srtp">Of this block.</param>
    public static LegMedia? Agree(SdpSession offer, SdpMedia block, SrtpNegotiation srtp)
    {
        if (block.Type != "audio" || block.IsRefused)
            return null;
        var terms = srtp.Answer(block) is { } ours ? srtp.Agree(block.Crypto.First(line => line.Suite == ours.Suite)) : null;
        if (SrtpNegotiation.IsSecure(block) && terms is null)
            return null;
        var codecs = block.RtpMaps.Select(map => (map.PayloadType, Codec: Codec(map))).Where(one => one.Codec is not null).ToList();
        if (codecs.Count == 0)
            return null;
        var remote = offer.RtpEndPointOf(block) is { } end ? MediaAddress.From(end.Address, end.Port) : default;
        // One vendor pauses by the old hold, an address of zeros.
        var sends = offer.DirectionOf(block).Sends() && offer.ConnectionOf(block) is not ("0.0.0.0" or "::");
        var events = block.RtpMaps.FirstOrDefault(map => map.IsTelephoneEvent)?.PayloadType ?? -1;
        return new LegMedia(codecs[0].Codec!, codecs[0].PayloadType, events, remote, sends, false, terms, block.RtcpPort)
        {
            Others = [.. codecs.Skip(1).Select(one => (one.PayloadType, one.Codec!))],
        };
    }

    /// <param name="legs">The leg of each block, null where it is refused.</param>
    /// <param name="keys">The keys of each block.</param>
    public static string Write(
        SdpSession offer, IReadOnlyList<MediaLeg?> legs, IReadOnlyList<SrtpNegotiation> keys, SdpOrigin origin, IPAddress advertise)
    {
        var answer = new SdpSession { Origin = origin, Connection = advertise.ToString() };
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var block = offer.Media[i];
            var taken = new SdpMedia { Type = block.Type, Protocol = block.Protocol, Label = block.Label };
            if (legs[i] is { Media: { } media } leg)
            {
                taken.Port = leg.Rtp.Local.Port;
                // All that we understand: a forker copies what its parties speak and cannot choose for them.
                foreach (var map in block.RtpMaps.Where(map => map.IsTelephoneEvent || Codec(map) is not null))
                    taken.AddRtpMap(map);
                if (media.Srtp is { } terms)
                    taken.Attributes.Add("crypto", (keys[i].Offer()! with { Tag = Tag(block, terms) }).ToString());
                taken.OwnDirection = media.PeerSends ? SdpDirection.RecvOnly : SdpDirection.Inactive;
            }
            else
            {
                taken.Formats.AddRange(block.Formats);
            }
            answer.Media.Add(taken);
        }
        return answer.ToString();
    }

    private static AudioCodec? Codec(SdpRtpMap map) => AudioCodec.Find(map.Encoding, map.ClockRate);

    // The answer bears the tag of the line it takes (RFC 4568 §5.1.2).
    private static int Tag(SdpMedia block, SrtpTerms terms) =>
        block.Crypto.First(line => line.Suite == terms.Theirs.Suite.Name).Tag;
}
