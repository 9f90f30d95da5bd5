using System.Net;
using System.Net.Sockets;
using Tandem.Lab.Network;
using Tandem.Media.Rtp;

namespace Tandem.SystemTests.Lab;

/// <summary>The bad network itself: what it does is what was asked, and the same for the same seed.</summary>
public sealed class ImpairmentTests
{
    private const int Packets = 5000;

    [Fact]
    public void A_command_line_is_read_with_and_without_units()
    {
        var read = ImpairmentText.Parse("loss=1.5%, jitter=50ms,reorder=2,duplicate=3%,skew=-200ppm,ssrc=4s,seed=7");
        Assert.Equal(
            new Impairment
            {
                LossPercent = 1.5, JitterMs = 50, ReorderPercent = 2, DuplicatePercent = 3, SkewPpm = -200, NewSourceEverySeconds = 4,
                Seed = 7,
            },
            read);
    }

    [Theory]
    [InlineData("los=1%", "'los=1%' is not an impairment; known are loss=0..100%, ")]
    [InlineData("jitter", "'jitter' is not an impairment; ")]
    [InlineData("loss=101%", "'loss=101%' is not possible; give loss=0..100%.")]
    [InlineData("loss=1ms", "'loss=1ms' is not possible; ")]
    [InlineData("skew=fast", "'skew=fast' is not possible; give skew=-1000..1000ppm.")]
    [InlineData("loss=1%,", "'' is not an impairment; ")]
    public void What_is_wrong_is_told_in_one_sentence(string text, string begins)
    {
        var message = Assert.Throws<FormatException>(() => ImpairmentText.Parse(text)).Message;
        Assert.StartsWith(begins, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loss_duplicates_and_jitter_are_as_many_as_asked()
    {
        var arrived = Pass(new Impairment { LossPercent = 10, DuplicatePercent = 5, JitterMs = 50, Seed = 3 });
        Assert.InRange(arrived.Select(one => one.Number).Distinct().Count(), Packets * 0.88, Packets * 0.92);
        Assert.InRange(arrived.Count - arrived.Select(one => one.Number).Distinct().Count(), Packets * 0.035, Packets * 0.055);
        var waits = arrived.Select(one => one.AtUs - (one.Number * 20_000L)).ToList();
        Assert.InRange(waits.Min(), 0, 500);
        Assert.InRange(waits.Max(), 49_500, 50_000);
        Assert.InRange(waits.Average(), 24_000, 26_000);
    }

    [Fact]
    public void Packets_held_back_are_overtaken_by_two()
    {
        var arrived = Pass(new Impairment { ReorderPercent = 1 }).OrderBy(one => one.AtUs).Select(one => one.Number).ToList();
        Assert.Equal(Packets, arrived.Count);
        var overtaken = arrived.Where((number, at) => at >= 2 && arrived[at - 1] > number && arrived[at - 2] > number).Count();
        Assert.InRange(overtaken, Packets * 0.006, Packets * 0.014);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    public void A_skewed_clock_counts_so_much_faster(int ppm)
    {
        var arrived = Pass(new Impairment { SkewPpm = ppm });
        var (first, last) = (arrived[0].Timestamp, arrived[^1].Timestamp);
        Assert.Equal((Packets - 1) * 160 * (1 + (ppm / 1e6)), last - first, 1.0);
    }

    [Fact]
    public void A_new_source_begins_elsewhere_every_so_many_seconds()
    {
        var arrived = Pass(new Impairment { NewSourceEverySeconds = 10 });
        var sources = arrived.GroupBy(one => one.Ssrc).ToList();
        Assert.Equal(10, sources.Count);
        Assert.All(sources, source => Assert.Equal(500, source.Count()));
        Assert.All(sources, source => Assert.Equal(499 * 160u, source.Last().Timestamp - source.First().Timestamp));
    }

    [Fact]
    public void The_same_seed_spoils_the_same_packets()
    {
        var impairment = new Impairment { LossPercent = 5, JitterMs = 30, DuplicatePercent = 5, ReorderPercent = 5, Seed = 11 };
        Assert.Equal(Pass(impairment), Pass(impairment));
        Assert.NotEqual(Pass(impairment), Pass(impairment.For(1)));
    }

    [Fact]
    public async Task The_proxy_stands_between_two_sockets_both_ways()
    {
        var stop = TestContext.Current.CancellationToken;
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var proxy = new ImpairingProxy(
            new Impairment { DuplicatePercent = 100 }, (IPEndPoint)phone.Client.LocalEndPoint!);
        proxy.Aim((IPEndPoint)peer.Client.LocalEndPoint!);
        await phone.SendAsync(Packet(1), proxy.Local, stop);
        var there = await peer.ReceiveAsync(stop);
        Assert.Equal(Packet(1), there.Buffer);
        Assert.Equal(Packet(1), (await peer.ReceiveAsync(stop)).Buffer);
        Assert.Equal(proxy.Local, there.RemoteEndPoint);
        await peer.SendAsync(Packet(2), there.RemoteEndPoint, stop);
        Assert.Equal(Packet(2), (await phone.ReceiveAsync(stop)).Buffer);
        Assert.Equal(Packet(2), (await phone.ReceiveAsync(stop)).Buffer);
    }

    private static List<(int Number, uint Timestamp, uint Ssrc, long AtUs)> Pass(Impairment impairment)
    {
        var link = new ImpairedLink(impairment);
        var arrived = new List<(int, uint, uint, long)>();
        for (var number = 0; number < Packets; number++)
        {
            var sent = number;
            link.Pass(Packet(number), number * 20_000L, (datagram, atUs) =>
            {
                Assert.True(RtpPacket.TryParse(datagram, out var packet));
                arrived.Add((sent, packet.Timestamp, packet.Ssrc, atUs));
            });
        }
        return arrived;
    }

    private static byte[] Packet(int number)
    {
        var datagram = new byte[RtpPacket.HeaderBytes + 160];
        RtpPacket.WriteHeader(datagram, 8, false, (ushort)number, (uint)(number * 160), 4711);
        return datagram;
    }
}
