using System.Net;
using System.Security.Cryptography;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>The offers and answers of one recording session that we open: two streams of G.711, labelled 1 and 2, with keys
/// of their own where it is to be secure.</summary>
/// <param name="legs">Of channel 1 and 2.</param>
/// <param name="secure">SRTP and nothing else (RFC 4568).</param>
internal sealed class ForkDescription(IReadOnlyList<MediaLeg> legs, IPAddress advertise, bool secure)
{
    private const string Boundary = "tandem-siprec";
    private readonly SrtpNegotiation[] _keys = [.. legs.Select(_ => new SrtpNegotiation())];
    private SdpOrigin _origin = new("-", BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), 0, advertise.ToString());

    public const string ContentType = "multipart/mixed;boundary=" + Boundary;

    public string Offer(bool paused)
    {
        var offer = Frame();
        for (var i = 0; i < legs.Count; i++)
        {
            var block = new SdpMedia
            {
                Port = legs[i].Rtp.Local.Port, Label = ForkMetadata.Label(i), Ptime = 20, Protocol = secure ? "RTP/SAVP" : "RTP/AVP",
            };
            block.AddRtpMap(new SdpRtpMap(8, "PCMA", 8000));
            block.AddRtpMap(new SdpRtpMap(0, "PCMU", 8000));
            if (secure)
                block.Attributes.Add("crypto", _keys[i].Offer(SrtpSuite.Common).ToString());
            block.OwnDirection = paused ? SdpDirection.Inactive : SdpDirection.SendOnly;
            offer.Media.Add(block);
        }
        return offer.ToString();
    }

    public static byte[] Body(string sdp, string metadata)
    {
        var body = new MultipartBody();
        body.Parts.Add(BodyPart.Of(SdpSession.MediaType, sdp));
        body.Parts.Add(BodyPart.Of(SiprecBody.MetadataType, metadata, "recording-session"));
        return body.ToBytes(Boundary);
    }

    /// <summary>What the recorder takes of our offer; null where it refuses a stream, or takes it otherwise than offered.</summary>
    public LegMedia[]? Read(SipMessage message)
    {
        if (!SdpSession.TryParse(message.Body.Span, out var answer) || answer.Media.Count < legs.Count)
            return null;
        return All(i => Media(answer, answer.Media[i], _keys[i].Agree(answer.Media[i].Crypto is [var line, ..] ? line : null)));
    }

    /// <summary>Our answer to an offer of the recorder's, who moves, pauses or refreshes the session.</summary>
    /// <returns>Null where it cannot be taken.</returns>
    public (string Sdp, LegMedia[] Media)? Answer(SipMessage message, bool paused)
    {
        if (!SdpSession.TryParse(message.Body.Span, out var offer) || offer.Media.Count < legs.Count)
            return null;
        var lines = legs.Select((_, i) => _keys[i].Answer(offer.Media[i])).ToArray();
        var media = All(i => Media(offer, offer.Media[i], _keys[i].Agree(
            lines[i] is { } ours ? offer.Media[i].Crypto.First(line => line.Suite == ours.Suite) : null)));
        if (media is null)
            return null;
        var answer = Frame();
        for (var i = 0; i < offer.Media.Count; i++)
            answer.Media.Add(i < legs.Count ? Taken(i, offer.Media[i], media[i], paused) : Refused(offer.Media[i]));
        return (answer.ToString(), media);
    }

    private SdpMedia Taken(int index, SdpMedia offered, LegMedia media, bool paused)
    {
        var block = new SdpMedia { Port = legs[index].Rtp.Local.Port, Label = ForkMetadata.Label(index), Protocol = offered.Protocol };
        block.AddRtpMap(offered.RtpMaps.First(map => map.PayloadType == media.PayloadType));
        if (media.Srtp is { } terms)
        {
            var tag = offered.Crypto.First(line => line.Suite == terms.Theirs.Suite.Name).Tag;
            block.Attributes.Add("crypto", (_keys[index].Offer()! with { Tag = tag }).ToString());
        }
        block.OwnDirection = media.PeerReceives && !paused ? SdpDirection.SendOnly : SdpDirection.Inactive;
        return block;
    }

    private static SdpMedia Refused(SdpMedia offered)
    {
        var block = new SdpMedia { Type = offered.Type, Protocol = offered.Protocol };
        block.Formats.AddRange(offered.Formats);
        return block;
    }

    private LegMedia? Media(SdpSession theirs, SdpMedia block, SrtpTerms? terms)
    {
        if (block.IsRefused || SrtpNegotiation.IsSecure(block) != secure || secure != (terms is not null))
            return null;
        var remote = theirs.RtpEndPointOf(block) is { } end ? MediaAddress.From(end.Address, end.Port) : default;
        foreach (var map in block.RtpMaps)
        {
            if (AudioCodec.Find(map.Encoding, map.ClockRate) is { Law: not null } codec)
                return new LegMedia(codec, map.PayloadType, -1, remote, false, theirs.DirectionOf(block).Receives(), terms, block.RtcpPort);
        }
        return null;
    }

    private LegMedia[]? All(Func<int, LegMedia?> one)
    {
        var all = legs.Select((_, i) => one(i)).OfType<LegMedia>().ToArray();
        return all.Length == legs.Count ? all : null;
    }

    private SdpSession Frame()
    {
        _origin = _origin.Next();
        return new SdpSession { Origin = _origin, Connection = advertise.ToString() };
    }
}
