namespace Tandem.Sip.Sdp;

/// <summary>The offer/answer model (RFC 3264) for telephones and media servers.</summary>
public static class SdpNegotiation
{
    /// <summary>
    /// Answers an offer: one block per offered block, in order. The first audio block with a codec in common is taken (codecs in the offer's
    /// order, its payload types), all else is refused with port 0. Null when nothing is in common: 488.
    /// </summary>
    public static SdpAnswer? Answer(SdpSession offer, SdpCapabilities local) => throw new NotImplementedException();

    /// <summary>An offer of one audio block with these capabilities.</summary>
    public static SdpSession Offer(SdpCapabilities local) => throw new NotImplementedException();
}
