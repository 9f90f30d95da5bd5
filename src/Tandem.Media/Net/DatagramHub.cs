using System.Diagnostics;
using System.Net;
using Tandem.Media.Net.Native;

namespace Tandem.Media.Net;

/// <summary>Many UDP ports read by one thread. All but <see cref="Wake"/> and <see cref="NowUs"/> belong to that thread.</summary>
public abstract class DatagramHub : IDisposable
{
    /// <summary>Longer datagrams are cut off; an Ethernet frame and more.</summary>
    public const int DatagramBytes = 2048;

    /// <summary>epoll and recvmmsg on Linux, plain sockets elsewhere.</summary>
    public static DatagramHub Create() => OperatingSystem.IsLinux() ? new LinuxDatagramHub() : new SocketDatagramHub();

    /// <summary>Microseconds on a steady clock of this process.</summary>
    public static long NowUs
    {
        get
        {
            var ticks = Stopwatch.GetTimestamp();
            var (seconds, rest) = Math.DivRem(ticks, Stopwatch.Frequency);
            return (seconds * 1_000_000) + (rest * 1_000_000 / Stopwatch.Frequency);
        }
    }

    /// <summary>The clock of arrivals: <see cref="NowUs"/>, but on a wire in virtual time.</summary>
    public virtual long ClockUs => NowUs;

    /// <summary>After <see cref="Poll"/>: everything that arrived before this moment has been handed over. Behind
    /// <see cref="ClockUs"/> while a port still holds unread datagrams.</summary>
    public long DrainedToUs { get; protected set; }

    /// <param name="port">0 for any.</param>
    /// <exception cref="IOException">The port is in use or the address is not ours.</exception>
    public abstract DatagramPort Open(IPAddress address, int port);

    /// <summary>Hands over what has arrived, at most a batch per port, waiting up to <paramref name="timeoutMs"/>.</summary>
    public abstract void Poll(int timeoutMs, IDatagramReceiver receiver);

    /// <summary>Lets datagrams gather for a while, so that one <see cref="Poll"/> takes many.</summary>
    /// <param name="us">A millisecond where the system has no finer timer.</param>
    public virtual void Rest(int us) => Thread.Sleep(Math.Max(1, us / 1000));

    /// <summary>Has the calling thread run before all others as soon as it is due.</summary>
    /// <returns>False where the system does not let us.</returns>
    public virtual bool TryHasten()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Highest;
        return true;
    }

    /// <summary>Ends a waiting <see cref="Poll"/>; from any thread, also when the hub is gone.</summary>
    public abstract void Wake();

    public abstract void Dispose();
}
