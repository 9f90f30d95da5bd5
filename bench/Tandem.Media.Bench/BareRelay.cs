using System.Diagnostics;
using System.Net;
using Tandem.Media.Net;

namespace Tandem.Media.Bench;

/// <summary>The floor: each datagram of one leg is sent to the other, untouched, by our sockets and nothing else. What a relay
/// takes more than this is its own doing; what this takes is the kernel's.</summary>
internal sealed class BareRelay : IDatagramReceiver, IDisposable
{
    private const int FirstPort = 16_384;

    // About what is left of the media engine's half millisecond.
    private const int RestUs = 250;
    private readonly DatagramHub _hub = DatagramHub.Create();
    private readonly List<Stream> _streams = [];
    private volatile bool _over;

    private BareRelay(int calls)
    {
        var (ports, number) = (new List<DatagramPort>(), FirstPort);
        while (ports.Count < 2 * calls)
        {
            if (TryOpen(number++) is { } port)
                ports.Add(port);
        }
        for (var leg = 0; leg < ports.Count; leg++)
        {
            _streams.Add(new Stream(Stream.LocalOf(leg), ports[leg].Local.Port));
            ports[leg].Owner = (ports[leg ^ 1], new MediaAddress(0x7F000001, Stream.LocalOf(leg ^ 1)));
        }
    }

    public static async Task<BenchResult> MeasureAsync(BenchOptions options)
    {
        using var relay = new BareRelay(options.Calls);
        var before = Environment.WorkingSet;
        var thread = new Thread(relay.Run) { IsBackground = true };
        thread.Start();
        var cpu = TimeSpan.Zero;
        using var self = Process.GetCurrentProcess();
        var load = await LoadProcess.RunAsync(
            relay._streams, BenchOptions.WarmUpSeconds, options.Seconds, () => cpu = self.Cpu());
        cpu = self.Cpu() - cpu;
        relay._over = true;
        thread.Join();
        return new BenchResult(
            "sockets alone", options.Calls, cpu.TotalSeconds, load.Sent - load.Back, Environment.WorkingSet - before, load, null);
    }

    public void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs)
    {
        var (other, peer) = ((DatagramPort, MediaAddress))port.Owner!;
        other.Send(datagram, peer);
    }

    public void Dispose() => _hub.Dispose();

    private void Run()
    {
        _hub.TryHasten();
        while (!_over)
        {
            _hub.Poll(20, this);
            _hub.Rest(RestUs);
        }
    }

    private DatagramPort? TryOpen(int port)
    {
        try
        {
            return _hub.Open(IPAddress.Loopback, port);
        }
        catch (IOException)
        {
            return null; // another program's
        }
    }
}
