using System.Net;
using Tandem.Media.Net;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>A loopback wire in virtual time: the engine's ports on one side, phones on the other.</summary>
internal sealed class VirtualWire(FakeTime time) : DatagramHub
{
    private readonly PriorityQueue<(WirePort Port, MediaAddress From, byte[] Datagram), (long AtUs, long Number)> _underWay = new();
    private readonly Dictionary<MediaAddress, WirePort> _ports = [];
    private readonly Dictionary<MediaAddress, WirePhone> _phones = [];
    private long _number;

    public override long ClockUs => 10_000_000 + (time.GetTimestamp() / 10);

    public void Add(WirePhone phone) => _phones.Add(phone.Address, phone);

    /// <summary>A phone's datagram, on its way until <paramref name="atUs"/> of this clock.</summary>
    public void Carry(MediaAddress from, MediaAddress to, byte[] datagram, long atUs)
    {
        if (_ports.TryGetValue(to, out var port))
            _underWay.Enqueue((port, from, datagram), (atUs, _number++));
    }

    public override DatagramPort Open(IPAddress address, int port)
    {
        var local = MediaAddress.From(address, port);
        var opened = new WirePort(this) { Local = local };
        return _ports.TryAdd(local, opened) ? opened : throw new IOException($"{local} is taken.");
    }

    public override void Poll(int timeoutMs, IDatagramReceiver receiver)
    {
        while (_underWay.TryPeek(out var next, out var due) && due.AtUs <= ClockUs)
        {
            _underWay.Dequeue();
            if (_ports.ContainsValue(next.Port))
                next.Port.Arrive(next.From, next.Datagram, due.AtUs, receiver);
        }
        DrainedToUs = ClockUs;
    }

    /// <summary>The engine's datagram; a phone hears it at once.</summary>
    public void Hear(ReadOnlySpan<byte> datagram, MediaAddress to)
    {
        if (_phones.TryGetValue(to, out var phone))
            phone.Hear(datagram);
    }

    public void Close(WirePort port) => _ports.Remove(port.Local);

    public override void Rest(int us)
    {
        // Nothing comes while virtual time stands.
    }

    public override void Wake()
    {
        // Nobody sleeps.
    }

    public override void Dispose() => _ports.Clear();
}
