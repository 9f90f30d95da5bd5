using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Transport;

/// <summary>Binds what the options ask for.</summary>
internal static class ListenerSet
{
    private const int Attempts = 50;

    public static void Bind(SipEndpoint endpoint, SipEndpointOptions options, List<UdpListener> udp, List<StreamListener> streams)
    {
        foreach (var address in options.Listen) BindPair(endpoint, options, address, udp, streams);
        foreach (var address in options.ListenTls)
            streams.Add(new StreamListener(endpoint, SipTransport.Tls, BindStream(SipTransport.Tls, address)));
    }

    private static void BindPair(SipEndpoint endpoint, SipEndpointOptions options, IPEndPoint address, List<UdpListener> udp, List<StreamListener> streams)
    {
        for (var attempt = 1; ; attempt++)
        {
            var datagrams = BindDatagrams(address);
            if (!options.Tcp)
            {
                udp.Add(new UdpListener(endpoint, datagrams));
                return;
            }
            try
            {
                var local = (IPEndPoint)datagrams.LocalEndPoint!;
                streams.Add(new StreamListener(endpoint, SipTransport.Tcp, BindStream(SipTransport.Tcp, local)));
                udp.Add(new UdpListener(endpoint, datagrams));
                return;
            }
            catch (SipListenException) when (address.Port == 0 && attempt < Attempts)
            {
                // The free UDP port was taken for TCP: try the next one.
                datagrams.Dispose();
            }
        }
    }

    private static Socket BindDatagrams(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.ReceiveBufferSize = 4 << 20;
            socket.SendBufferSize = 1 << 20;
            socket.Bind(address);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SipListenException(SipTransport.Udp, address, e);
        }
    }

    private static Socket BindStream(SipTransport transport, IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(address);
            socket.Listen(512);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SipListenException(transport, address, e);
        }
    }
}
