using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Transport;

/// <summary>Which of our addresses the system would use towards a peer.</summary>
internal static class LocalRoute
{
    public static IPAddress Towards(IPAddress? peer, AddressFamily family)
    {
        var loopback = family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        if (peer is null) return loopback;
        try
        {
            // Connecting a datagram socket sends nothing; it only asks the routing table.
            using var probe = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(peer, 9);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return loopback;
        }
    }
}
