namespace Tandem.Sip.Sdp;

/// <summary>Who sends, seen from the describing side (RFC 3264 §5.1).</summary>
public enum SdpDirection
{
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}
