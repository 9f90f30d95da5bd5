namespace Tandem.Sip.Sdp;

/// <summary>The offer/answer model (RFC 3264) for telephones and media servers.</summary>
public static class SdpNegotiation
{
    /// <summary>
    /// Answers an offer: one block per offered block, in order. The first audio block with a codec in common is taken (codecs in the offer's
    /// order, its payload types), all else is refused with port 0. Null when nothing is in common: 488.
    /// </summary>
    public static SdpAnswer? Answer(SdpSession offer, SdpCapabilities local)
    {
        var answer = Frame(local);
        SdpAnswer? taken = null;
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var block = offer.Media[i];
            if (taken is null && TryTake(offer, block, local) is { } accepted)
            {
                answer.Media.Add(accepted.Block);
                taken = new SdpAnswer(answer, i, accepted.Codec, accepted.Event, accepted.Direction) { Crypto = accepted.Crypto };
            }
            else answer.Media.Add(Refused(block));
        }
        return taken;
    }

    /// <summary>An offer of one audio block with these capabilities.</summary>
    public static SdpSession Offer(SdpCapabilities local)
    {
        var offer = Frame(local);
        var block = new SdpMedia { Port = local.Rtp.Port, Protocol = local.Crypto is null ? "RTP/AVP" : "RTP/SAVP" };
        foreach (var codec in local.Codecs) block.AddRtpMap(codec);
        if (local.Crypto is not null) block.Attributes.Add("crypto", local.Crypto.ToString());
        block.Ptime = local.PtimeMs;
        block.OwnDirection = local.Direction;
        offer.Media.Add(block);
        return offer;
    }

    /// <summary>
    /// Reads the peer's answer to our offer: what was agreed on the first audio block that it took, or null when it took none. Direction is
    /// ours: the reverse of the peer's.
    /// </summary>
    public static SdpAnswer? ReadAnswer(SdpSession offer, SdpSession answer)
    {
        for (var i = 0; i < answer.Media.Count && i < offer.Media.Count; i++)
        {
            var block = answer.Media[i];
            if (block.IsRefused || block.Type != "audio") continue;
            var maps = block.RtpMaps;
            var codec = maps.FirstOrDefault(m => !m.IsTelephoneEvent && !IsComfortNoise(m));
            if (codec is null) continue;
            return new SdpAnswer(answer, i, codec, maps.FirstOrDefault(static m => m.IsTelephoneEvent), answer.DirectionOf(block).Reverse())
            {
                Crypto = block.Crypto is [var key, ..] ? key : null,
            };
        }
        return null;
    }

    private static Taken? TryTake(SdpSession offer, SdpMedia block, SdpCapabilities local)
    {
        if (block.Type != "audio" || block.IsRefused) return null;
        var secure = block.Protocol is "RTP/SAVP" or "RTP/SAVPF";
        if (!secure && block.Protocol is not ("RTP/AVP" or "RTP/AVPF")) return null;
        var crypto = secure && local.Crypto is { } own ? block.Crypto.FirstOrDefault(c => c.Suite == own.Suite) : null;
        if (secure && crypto is null) return null;
        var codec = block.RtpMaps.FirstOrDefault(m => !m.IsTelephoneEvent && local.Codecs.Any(c => c.IsSameCodec(m)));
        if (codec is null) return null;
        var events = block.RtpMaps.FirstOrDefault(m => m.IsTelephoneEvent && local.Codecs.Any(c => c.IsTelephoneEvent && c.ClockRate == m.ClockRate));
        var direction = SdpDirections.Answer(offer.DirectionOf(block), local.Direction);
        var taken = new SdpMedia { Port = local.Rtp.Port, Protocol = block.Protocol };
        var ours = local.Codecs.First(c => c.IsSameCodec(codec));
        taken.AddRtpMap(codec with { Fmtp = ours.Fmtp ?? codec.Fmtp });
        if (events is not null) taken.AddRtpMap(events);
        if (crypto is not null) taken.Attributes.Add("crypto", (local.Crypto! with { Tag = crypto.Tag }).ToString());
        if (block.Ptime is { } ptime) taken.Ptime = ptime;
        if (block.Label is { } label) taken.Label = label;
        if (block.Mid is { } mid) taken.Attributes.Add("mid", mid);
        taken.OwnDirection = direction;
        return new Taken(taken, codec, events, direction, crypto);
    }

    private static bool IsComfortNoise(SdpRtpMap map) => map.Encoding.Equals("CN", StringComparison.OrdinalIgnoreCase);

    private static SdpMedia Refused(SdpMedia offered)
    {
        var refused = new SdpMedia { Type = offered.Type, Port = 0, Protocol = offered.Protocol };
        refused.Formats.AddRange(offered.Formats);
        if (offered.Mid is { } mid) refused.Attributes.Add("mid", mid);
        return refused;
    }

    private static SdpSession Frame(SdpCapabilities local)
    {
        var address = local.Rtp.Address.ToString();
        return new SdpSession { Origin = local.Origin ?? new SdpOrigin("-", 1, 1, address), Connection = address };
    }

    private sealed record Taken(SdpMedia Block, SdpRtpMap Codec, SdpRtpMap? Event, SdpDirection Direction, SdpCrypto? Crypto);
}
