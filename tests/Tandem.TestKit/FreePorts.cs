using System.Net;
using System.Net.Sockets;

namespace Tandem.TestKit;

/// <summary>Ports on 127.0.0.1 that are free for TCP and UDP, between 25,000 and 32,767: below what the system hands out
/// itself and above what the lab takes, so that nobody takes one between the asking and the binding.</summary>
public static class FreePorts
{
    private const int First = 25_000;
    private const int End = 32_768;
    private static int s_next = First + Random.Shared.Next(End - First);

    public static int One() => Run(1);

    /// <summary>The first of that many ports in a row; even.</summary>
    public static int Run(int count)
    {
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var first = First + (Interlocked.Add(ref s_next, count + 2) - First) % (End - First - count) & ~1;
            if (first >= First && Enumerable.Range(first, count).All(IsFree))
                return first;
        }

        throw new InvalidOperationException($"No {count} free ports in a row between {First} and {End}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var tcp = new TcpListener(IPAddress.Loopback, port);
            tcp.Start();
            using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
