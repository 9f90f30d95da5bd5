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

    public override void Dispose() => wire.Close(this);
}
