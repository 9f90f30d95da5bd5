namespace Tandem.Sip.Transport;

/// <summary>How messages travel.</summary>
public enum SipTransport
{
    Udp,
    Tcp,
    Tls,
}
