using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Transport;

/// <summary>Which of our addresses the system would use towards a peer, remembered for a while's worth of peers.</summary>
internal sealed class LocalRoute
{
    private const int MaxRemembered = 1024;

    private readonly ConcurrentDictionary<IPAddress, IPAddress> _known = new();

    public IPAddress Towards(IPAddress? peer, AddressFamily family)
    {
        if (peer is null) return Loopback(family);
        if (_known.TryGetValue(peer, out var known)) return known;
        if (_known.Count >= MaxRemembered) _known.Clear();
        return _known[peer] = Ask(peer, family);
    }

    private static IPAddress Ask(IPAddress peer, AddressFamily family)
    {
        try
        {
            // Connecting a datagram socket sends nothing; it only asks the routing table.
            using var probe = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(peer, 9);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return Loopback(family);
        }
    }

    private static IPAddress Loopback(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
}
