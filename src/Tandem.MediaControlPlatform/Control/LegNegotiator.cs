using System.Net;
using System.Security.Cryptography;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Sdp;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Offers and answers of one leg. A codec that another leg of the conference speaks goes first, so that packets can
/// be passed on as they are.</summary>
/// <param name="secure">Whether our first offer is one of SRTP already.</param>
internal sealed class LegNegotiator(LegControl control, bool secure)
{
    private const int EventType = 101;
    private readonly SrtpNegotiation _srtp = new();
    private SdpOrigin? _origin;

    /// <returns>Null when there is no codec in common.</returns>
    public async Task<(string Sdp, LegMedia Media)?> AnswerAsync(MediaLeg leg, string conferenceId, SdpSession offer)
    {
        var spoken = await SpokenAsync(leg, conferenceId);
        var crypto = offer.Media.Where(block => block.Type == "audio" && !block.IsRefused).Select(_srtp.Answer)
            .FirstOrDefault(line => line is not null);
        var answer = (spoken is null ? null : SdpNegotiation.Answer(offer, Capabilities(leg, [spoken], crypto)))
            ?? SdpNegotiation.Answer(offer, Capabilities(leg, AudioCodec.Supported, crypto));
        if (answer is null || AudioCodec.Find(answer.Codec.Encoding, answer.Codec.ClockRate) is not { } codec)
            return null;
        var block = offer.Media[answer.MediaIndex];
        var media = new LegMedia(
            codec,
            answer.Codec.PayloadType,
            answer.TelephoneEvent?.PayloadType ?? -1,
            Address(offer, block),
            answer.Direction.Receives(),
            answer.Direction.Sends(),
            _srtp.Agree(answer.Crypto),
            block.RtcpPort);
        if (SrtpNegotiation.IsSecure(block) && media.Srtp is null)
            return null;
        return (answer.Session.ToString(), media);
    }

    public async Task<string> OfferAsync(MediaLeg leg, string conferenceId)
    {
        var spoken = leg.Media?.Codec ?? await SpokenAsync(leg, conferenceId);
        var codecs = AudioCodec.Supported.OrderByDescending(codec => codec == spoken).ToList();
        return SdpNegotiation.Offer(Capabilities(leg, codecs, secure ? _srtp.Offer(SrtpSuite.Common) : _srtp.Offer())).ToString();
    }

    /// <summary>What an answer to our offer agreed; null when it refused.</summary>
    public LegMedia? Read(SdpSession answer)
    {
        if (answer.Audio is not { } audio)
            return null;
        var srtp = _srtp.Agree(audio.Crypto is [var line, ..] ? line : null);
        if (SrtpNegotiation.IsSecure(audio) != (srtp is not null))
            return null;
        var direction = answer.DirectionOf(audio);
        foreach (var map in audio.RtpMaps)
        {
            if (AudioCodec.Find(map.Encoding, map.ClockRate) is not { } codec)
                continue;
            var digits = audio.RtpMaps.FirstOrDefault(one => one.IsTelephoneEvent)?.PayloadType ?? -1;
            return new LegMedia(
                codec, map.PayloadType, digits, Address(answer, audio), direction.Sends(), direction.Receives(), srtp,
                audio.RtcpPort);
        }
        return null;
    }

    private Task<AudioCodec?> SpokenAsync(MediaLeg leg, string conferenceId) => control.Engine.RunAsync(_ =>
    {
        if (!control.Engine.Conferences.TryGetValue(conferenceId, out var conference))
            return null;
        return conference.Legs.FirstOrDefault(other => other != leg)?.Media?.Codec;
    });

    private SdpCapabilities Capabilities(MediaLeg leg, IReadOnlyList<AudioCodec> codecs, SdpCrypto? crypto)
    {
        _origin = _origin is null
            ? new SdpOrigin("-", BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), 1, control.Advertise.ToString())
            : _origin.Next();
        return new SdpCapabilities
        {
            Rtp = new IPEndPoint(control.Advertise, leg.Rtp.Local.Port),
            Codecs = [.. codecs.Select(Map), new SdpRtpMap(EventType, "telephone-event", 8000, 1, "0-15")],
            Origin = _origin,
            Crypto = crypto,
        };
    }

    private static SdpRtpMap Map(AudioCodec codec) =>
        new(codec.PayloadType, codec.Name, codec.ClockRate, codec == AudioCodec.Opus ? 2 : 1);

    private static MediaAddress Address(SdpSession session, SdpMedia media) =>
        session.RtpEndPointOf(media) is { } end ? MediaAddress.From(end.Address, end.Port) : default;
}
