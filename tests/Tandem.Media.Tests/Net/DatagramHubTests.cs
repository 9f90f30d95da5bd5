using System.Net;
using Tandem.Media.Net;

namespace Tandem.Media.Tests.Net;

public sealed class DatagramHubTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Datagrams_arrive_in_order_with_source_and_time(bool native)
    {
        using DatagramHub hub = native ? DatagramHub.Create() : new SocketDatagramHub();
        using var one = hub.Open(IPAddress.Loopback, 0);
        using var other = hub.Open(IPAddress.Loopback, 0);
        var taken = new List<(byte First, MediaAddress Source, long ArrivalUs)>();
        var receiver = new Receiver((port, first, source, arrivalUs) =>
        {
            Assert.Same(other, port);
            taken.Add((first, source, arrivalUs));
        });
        var beforeUs = DatagramHub.NowUs;
        for (byte i = 0; i < 20; i++)
            Assert.True(one.Send([i, 1, 2], other.Local));
        for (var round = 0; round < 100 && taken.Count < 20; round++)
            hub.Poll(10, receiver);
        Assert.Equal(Enumerable.Range(0, 20), taken.Select(datagram => (int)datagram.First));
        Assert.All(taken, datagram => Assert.Equal(one.Local, datagram.Source));
        Assert.All(taken, datagram => Assert.InRange(datagram.ArrivalUs, beforeUs - 1000, DatagramHub.NowUs));
    }

    [Fact]
    public void The_kernel_s_stamp_tells_when_a_datagram_came_not_when_it_was_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Stamps are taken on Linux.");
        using var hub = DatagramHub.Create();
        using var port = hub.Open(IPAddress.Loopback, 0);
        var sentUs = DatagramHub.NowUs;
        port.Send([1], port.Local);
        var goneUs = DatagramHub.NowUs;
        Thread.Sleep(60);
        long arrivalUs = 0;
        hub.Poll(10, new Receiver((_, _, _, at) => arrivalUs = at));
        Assert.InRange(arrivalUs, sentUs - 1000, goneUs + 15_000);
    }

    [Fact]
    public void Datagrams_gather_until_they_are_taken_and_keep_their_times()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nobody could tell when each of them came.");
        using var hub = DatagramHub.Create();
        using var port = hub.Open(IPAddress.Loopback, 0);
        using var other = hub.Open(IPAddress.Loopback, 0);
        var taken = new List<(byte First, long ArrivalUs)>();
        var receiver = new Receiver((_, first, _, arrivalUs) => taken.Add((first, arrivalUs)));
        Assert.True(port.TryGather(true));
        var (sentUs, goneUs) = (new long[20], new long[20]);
        for (byte i = 0; i < 20; i++)
        {
            sentUs[i] = DatagramHub.NowUs;
            Assert.True(other.Send([i], port.Local));
            goneUs[i] = DatagramHub.NowUs;
            if (i % 5 == 0)
                Thread.Sleep(20);
        }
        hub.Poll(10, receiver);
        Assert.Empty(taken);
        Assert.InRange(port.Take(receiver), sentUs[^1], DatagramHub.NowUs);
        Assert.Equal(Enumerable.Range(0, 20), taken.Select(one => (int)one.First));
        Assert.All(taken, one => Assert.InRange(one.ArrivalUs, sentUs[one.First] - 1000, goneUs[one.First] + 15_000));

        Assert.True(other.Send([20], port.Local));
        Assert.True(port.TryGather(false));
        for (var round = 0; round < 100 && taken.Count < 21; round++)
            hub.Poll(10, receiver);
        Assert.Equal(20, taken[^1].First);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hub_that_is_gone_writes_into_nobody_s_file(bool native)
    {
        var folder = Directory.CreateTempSubdirectory("tandem-hub-");
        DatagramHub hub = native ? DatagramHub.Create() : new SocketDatagramHub();
        hub.Dispose();
        // The lowest free numbers go to these, the hub's among them.
        var files = Enumerable.Range(0, 32)
            .Select(i => File.OpenHandle(Path.Combine(folder.FullName, $"{i}"), FileMode.CreateNew, FileAccess.ReadWrite)).ToList();
        hub.Wake();
        Assert.All(files, file => Assert.Equal(0, RandomAccess.GetLength(file)));
        files.ForEach(file => file.Dispose());
        folder.Delete(true);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var hub = DatagramHub.Create();
        using var port = hub.Open(IPAddress.Loopback, 0);
        var failure = Assert.Throws<IOException>(() => hub.Open(IPAddress.Loopback, port.Local.Port));
        Assert.Contains(port.Local.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }

    private sealed class Receiver(Action<DatagramPort, byte, MediaAddress, long> take) : IDatagramReceiver
    {
        public void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs) =>
            take(port, datagram[0], source, arrivalUs);
    }
}
