using System.Net;
using Tandem.Sip.Transport;

namespace Tandem.SipServer.Registrar;

/// <summary>One contact of a DN (RFC 3261 section 10), as the journal keeps it.</summary>
/// <param name="Contact">URI as the phone gave it.</param>
/// <param name="Source">Where the REGISTER came from, <c>Udp 127.0.0.1:5062</c>: calls go back there, through the NAT or
/// connection that the phone opened (RFC 5626 section 1).</param>
/// <param name="ExpiresUnixMs">0: unregistered.</param>
/// <param name="Q">0 to 1.</param>
internal sealed record Binding(string Dn, string Contact, string CallId, uint CSeq, string Source, long ExpiresUnixMs, double Q)
{
    public SipDestination? Destination()
    {
        var parts = Source.Split(' ');
        return parts.Length == 2 && Enum.TryParse<SipTransport>(parts[0], out var transport)
            && IPEndPoint.TryParse(parts[1], out var address)
            ? new SipDestination(transport, address)
            : null;
    }
}
