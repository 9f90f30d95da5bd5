namespace Tandem.Sip.Sdp;

/// <summary>
/// One payload type: <c>a=rtpmap:PT encoding/clock[/channels]</c> and its fmtp. Static types without an rtpmap are filled in (RFC 3551).
/// </summary>
/// <param name="PayloadType">0..127.</param>
/// <param name="Encoding">As written, e.g. <c>PCMU</c>; compare without case.</param>
/// <param name="ClockRate">Hz of the RTP timestamp; 8000 for G722 although it samples at 16000.</param>
/// <param name="Channels">1 unless said otherwise.</param>
/// <param name="Fmtp">Format parameters, or null.</param>
public sealed record SdpRtpMap(int PayloadType, string Encoding, int ClockRate, int Channels = 1, string? Fmtp = null)
{
    /// <summary>Whether both name the same codec: encoding without case, clock rate and channels.</summary>
    public bool IsSameCodec(SdpRtpMap other) =>
        Encoding.Equals(other.Encoding, StringComparison.OrdinalIgnoreCase) && ClockRate == other.ClockRate && Channels == other.Channels;

    /// <summary>True for telephone-event (RFC 4733).</summary>
    public bool IsTelephoneEvent => Encoding.Equals("telephone-event", StringComparison.OrdinalIgnoreCase);

    internal string RtpMapValue => Channels == 1 ? $"{PayloadType} {Encoding}/{ClockRate}" : $"{PayloadType} {Encoding}/{ClockRate}/{Channels}";

    /// <summary>The static assignments of RFC 3551 that telephones use.</summary>
    internal static SdpRtpMap? Static(int payloadType) => payloadType switch
    {
        0 => new(0, "PCMU", 8000),
        3 => new(3, "GSM", 8000),
        4 => new(4, "G723", 8000),
        8 => new(8, "PCMA", 8000),
        9 => new(9, "G722", 8000),
        13 => new(13, "CN", 8000),
        15 => new(15, "G728", 8000),
        18 => new(18, "G729", 8000),
        _ => null,
    };
}
