namespace Tandem.Sip.Sdp;

/// <summary>An answer and what was agreed.</summary>
/// <param name="Session">The answer to send.</param>
/// <param name="MediaIndex">Which block was taken.</param>
/// <param name="Codec">The agreed codec: payload type as the offer names it.</param>
/// <param name="TelephoneEvent">Agreed telephone-event, or null.</param>
/// <param name="Direction">As our answer says it: what we do.</param>
public sealed record SdpAnswer(SdpSession Session, int MediaIndex, SdpRtpMap Codec, SdpRtpMap? TelephoneEvent, SdpDirection Direction);
