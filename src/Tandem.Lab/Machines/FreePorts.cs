using System.Net;
using System.Net.Sockets;

namespace Tandem.Lab.Machines;

/// <summary>Ports that nothing listens on, all below the range from which the system lends ports to clients. Those from 25,000
/// on are left to tests, which look for theirs in the same process: a port rests unbound while its server is restarted.</summary>
public static class FreePorts
{
    private const int Lowest = 17_000;
    private const int Highest = 25_000;

    private static readonly Lock Gate = new();

    // One block after the other, from anywhere: what was given out comes again only after a whole round, and processes
    // that look at the same time look in different places.
    private static int _next = Random.Shared.Next(Lowest / 2, Highest / 2) * 2;

    /// <summary>One port, free for UDP and TCP on loopback, together with the one above it.</summary>
    public static int Next() => NextBlock(2);

    /// <summary>The first of <paramref name="count"/> neighbouring free ports.</summary>
    public static int NextBlock(int count)
    {
        lock (Gate)
        {
            for (var looked = 0; looked < Highest - Lowest;)
            {
                if (_next + count > Highest)
                    _next = Lowest;
                var first = _next;
                var free = Enumerable.Range(first, count).TakeWhile(IsFree).Count();
                var step = (Math.Min(free + 1, count) + 1) / 2 * 2;
                (_next, looked) = (first + step, looked + step);
                if (free == count)
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
