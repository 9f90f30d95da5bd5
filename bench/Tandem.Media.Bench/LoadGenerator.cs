using System.Globalization;
using System.Net;
using Tandem.Media.Net;
using Tandem.Media.Rtp;

namespace Tandem.Media.Bench;

/// <summary>Sends 50 packets a second to each port of a list and counts what comes back. Its local ports are the remote
/// ports' numbers plus <see cref="PortShift"/>.</summary>
internal static class LoadGenerator
{
    public const int PortShift = 20_000;

    /// <param name="list">Path of a file with one remote port a line.</param>
    public static int Run(string list, int seconds)
    {
        var remotes = File.ReadAllLines(list).Select(line => ushort.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        using var hub = DatagramHub.Create();
        var ports = remotes.Select(remote => hub.Open(IPAddress.Loopback, remote + PortShift)).ToArray();
        var counter = new Counter();
        var datagram = new byte[172];
        datagram.AsSpan(12).Fill(0xA5);
        long sent = 0;
        var beganUs = DatagramHub.NowUs;
        for (var number = 0; number < seconds * 50; number++)
        {
            // A fifth of the ports each 4 ms: phones do not all speak at the same moment.
            for (var slice = 0; slice < 5; slice++)
            {
                var dueUs = beganUs + (number * 20_000L) + (slice * 4000L);
                while (DatagramHub.NowUs < dueUs)
                    hub.Poll((int)Math.Max(1, (dueUs - DatagramHub.NowUs) / 1000), counter);
                for (var i = slice; i < ports.Length; i += 5)
                {
                    RtpPacket.WriteHeader(datagram, 8, number == 0, (ushort)number, (uint)(number * 160), (uint)i + 1);
                    sent += ports[i].Send(datagram, new MediaAddress(0x7F000001, remotes[i])) ? 1 : 0;
                }
            }
        }
        for (var endUs = DatagramHub.NowUs + 500_000; DatagramHub.NowUs < endUs;)
            hub.Poll(20, counter);
        Console.WriteLine($"{sent} {counter.Count}");
        return 0;
    }

    private sealed class Counter : IDatagramReceiver
    {
        public long Count { get; private set; }

        public void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs) => Count++;
    }
}
