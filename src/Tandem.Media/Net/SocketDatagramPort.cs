using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tandem.Media.Net;

/// <summary>A port on the framework's own socket.</summary>
internal sealed class SocketDatagramPort(SocketDatagramHub hub, Socket socket) : DatagramPort
{
    private readonly SocketAddress _target = new IPEndPoint(IPAddress.Any, 0).Serialize();
    private readonly SocketAddress _source = new IPEndPoint(IPAddress.Any, 0).Serialize();

    public override bool Send(ReadOnlySpan<byte> datagram, MediaAddress target)
    {
        // sockaddr_in has port and address at bytes 2 and 4 on every system.
        var bytes = _target.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], target.Port);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], target.Ip);
        try
        {
            return socket.SendTo(datagram, SocketFlags.None, _target) == datagram.Length;
        }
        catch (SocketException)
        {
            return false; // a lost datagram, which the contract of Send allows
        }
    }

    /// <returns>Bytes received, or -1 when nothing waits.</returns>
    public int Receive(Span<byte> buffer, out MediaAddress source)
    {
        source = default;
        if (socket.Available == 0)
            return -1;
        try
        {
            var count = socket.ReceiveFrom(buffer, SocketFlags.None, _source);
            var bytes = _source.Buffer.Span;
            source = new MediaAddress(
                BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
            return count;
        }
        catch (SocketException)
        {
            return -1; // the answer to an earlier send that reached nobody
        }
    }

    public override void Dispose()
    {
        hub.Forget(this);
        socket.Dispose();
    }
}
