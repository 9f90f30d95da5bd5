namespace Tandem.Sip.Sdp;

/// <summary>An answer and what was agreed.</summary>
/// <param name="Session">The answer (to send, or as received).</param>
/// <param name="MediaIndex">Which block was taken.</param>
/// <param name="Codec">The agreed codec with its payload type.</param>
/// <param name="TelephoneEvent">Agreed telephone-event, or null.</param>
/// <param name="Direction">What our side does.</param>
public sealed record SdpAnswer(SdpSession Session, int MediaIndex, SdpRtpMap Codec, SdpRtpMap? TelephoneEvent, SdpDirection Direction)
{
    /// <summary>The peer's SDES key, when the stream is SRTP.</summary>
    public SdpCrypto? Crypto { get; init; }
}
