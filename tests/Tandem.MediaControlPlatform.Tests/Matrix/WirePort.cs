using Tandem.Media.Net;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>A port of the engine on a <see cref="VirtualWire"/>.</summary>
internal sealed class WirePort(VirtualWire wire) : DatagramPort
{
    public override bool Send(ReadOnlySpan<byte> datagram, MediaAddress target)
    {
        wire.Hear(datagram, target);
        return true;
    }

    private readonly Queue<(MediaAddress From, byte[] Datagram, long AtUs)> _gathered = [];
    private bool _gathers;

    public override bool TryGather(bool on)
    {
        _gathers = on;
        return true;
    }

    /// <summary>A datagram has arrived.</summary>
    public void Arrive(MediaAddress from, byte[] datagram, long atUs, IDatagramReceiver receiver)
    {
        _gathered.Enqueue((from, datagram, atUs));
        if (!_gathers)
            Take(receiver);
    }

    public override long Take(IDatagramReceiver receiver)
    {
        while (_gathered.TryDequeue(out var next))
            receiver.Receive(this, next.Datagram, next.From, next.AtUs);
        return wire.DrainedToUs;
    }

    public override void Dispose() => wire.Close(this);
}
