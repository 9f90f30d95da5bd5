using System.Net;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Sdp;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>Answers the offers of a recording session: as many blocks as offered, audio received only (RFC 7866 §7.1.2).</summary>
internal static class SiprecAnswer
{
    /// <summary>What we take of one offered block; null refuses it.</summary>
    public static LegMedia? Agree(SdpSession offer, SdpMedia block)
    {
        if (block.Type != "audio" || block.IsRefused)
            return null;
        foreach (var map in block.RtpMaps)
        {
            if (AudioCodec.Find(map.Encoding, map.ClockRate) is not { } codec)
                continue;
            var remote = offer.RtpEndPointOf(block) is { } end ? MediaAddress.From(end.Address, end.Port) : default;
            return new LegMedia(codec, map.PayloadType, -1, remote, offer.DirectionOf(block).Sends(), false);
        }
        return null;
    }

    /// <param name="legs">The leg of each block, null where it is refused.</param>
    public static string Write(
        SdpSession offer, IReadOnlyList<MediaLeg?> legs, SdpOrigin origin, IPAddress advertise)
    {
        var answer = new SdpSession { Origin = origin, Connection = advertise.ToString() };
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var block = offer.Media[i];
            var taken = new SdpMedia { Type = block.Type, Protocol = block.Protocol, Label = block.Label };
            if (legs[i] is { Media: { } media } leg)
            {
                taken.Port = leg.Rtp.Local.Port;
                taken.AddRtpMap(block.RtpMaps.First(map => map.PayloadType == media.PayloadType));
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
}
