using System.Net;
using System.Net.Sockets;

namespace Tandem.Lab.Machines;

/// <summary>Ports that nothing listens on, all below the range from which the system lends ports to clients.</summary>
public static class FreePorts
{
    private const int Lowest = 17_000;
    private const int Highest = 31_500;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Taken = [];

    /// <summary>One port, free for UDP and TCP on loopback, together with the one above it.</summary>
    public static int Next() => NextBlock(2);

    /// <summary>The first of <paramref name="count"/> neighbouring free ports.</summary>
    public static int NextBlock(int count)
    {
        lock (Gate)
        {
            for (var attempt = 0; attempt < 500; attempt++)
            {
                var first = Random.Shared.Next(Lowest / 2, (Highest - count) / 2) * 2;
                var block = Enumerable.Range(first, count).ToArray();
                if (block.Any(Taken.Contains) || !block.All(IsFree))
                    continue;
                Taken.UnionWith(block);
                return first;
            }
        }
        throw new LabException($"no {count} neighbouring free ports between {Lowest} and {Highest}");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
