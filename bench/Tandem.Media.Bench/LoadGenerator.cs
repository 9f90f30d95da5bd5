using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Tandem.Media.Net;
using Tandem.Media.Rtp;

namespace Tandem.Media.Bench;

/// <summary>Sends 50 packets a second on each stream of a list and takes what comes back. It says <c>warm</c> when the
/// measured time begins, and at last its result in JSON.</summary>
internal sealed class LoadGenerator : IDisposable
{
    // Phones do not all speak at the same moment: a twentieth of them in each millisecond.
    private const int Slices = 20;
    private const long LateUs = 5000;
    private readonly DatagramHub _hub = DatagramHub.Create();
    private readonly DelayCounter _counter = new();
    private readonly byte[] _datagram = new byte[RtpPacket.HeaderBytes + 160];
    private readonly Stream[] _streams;
    private readonly DatagramPort[] _ports;
    private long _sent;
    private long _late;

    private LoadGenerator(string list)
    {
        _streams = [.. File.ReadAllLines(list).Select(Stream.Parse)];
        _ports = [.. _streams.Select(stream => _hub.Open(IPAddress.Loopback, stream.Local))];
        _datagram.AsSpan(RtpPacket.HeaderBytes).Fill(0xA5);
    }

    /// <param name="list">Path of a file with one <see cref="Stream"/> a line.</param>
    public static int Run(string list, int warmUpSeconds, int seconds)
    {
        using var generator = new LoadGenerator(list);
        Console.WriteLine(JsonSerializer.Serialize(
            generator.Send(warmUpSeconds * 50, (warmUpSeconds + seconds) * 50), LoadJson.Default.LoadResult));
        return 0;
    }

    private LoadResult Send(int warm, int packets)
    {
        // It stands for telephones, which nobody keeps from sending.
        _hub.TryHasten();
        var (cpu, warmUs) = (TimeSpan.Zero, 0L);
        var beganUs = DatagramHub.NowUs + 20_000;
        for (var number = 0; number < packets; number++)
        {
            if (number == warm)
            {
                Console.WriteLine("warm");
                (cpu, warmUs) = (Process.GetCurrentProcess().TotalProcessorTime, DatagramHub.NowUs);
            }
            for (var slice = 0; slice < Slices; slice++)
            {
                var dueUs = beganUs + (number * 20_000L) + (slice * 1000L);
                Take(dueUs);
                SendSlice(slice, number, dueUs, number >= warm);
            }
        }
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var seconds = (DatagramHub.NowUs - warmUs) / 1e6;
        Take(DatagramHub.NowUs + 500_000);
        return new LoadResult(
            _sent, _counter.Count, _counter.PercentileUs(0.5), _counter.PercentileUs(0.99), _counter.MostUs, _late, cpu.TotalSeconds,
            seconds);
    }

    /// <summary>Takes what comes until that moment, a millisecond's worth at a time.</summary>
    private void Take(long untilUs)
    {
        do
        {
            if (untilUs - DatagramHub.NowUs > 0)
                _hub.Rest(1000);
            _hub.Poll(0, _counter);
        }
        while (untilUs - DatagramHub.NowUs > 0);
    }

    private void SendSlice(int slice, int number, long dueUs, bool measured)
    {
        for (var i = slice; i < _ports.Length; i += Slices)
        {
            RtpPacket.WriteHeader(_datagram, 8, number == 0, (ushort)number, (uint)(number * 160), (uint)i + 1);
            var nowUs = DatagramHub.NowUs;
            DelayCounter.Stamp(_datagram, measured ? nowUs : 0);
            var went = _ports[i].Send(_datagram, new MediaAddress(0x7F000001, _streams[i].Remote));
            if (!measured || !went)
                continue;
            _sent++;
            _late += nowUs - dueUs > LateUs ? 1 : 0;
        }
    }

    public void Dispose() => _hub.Dispose();
}
