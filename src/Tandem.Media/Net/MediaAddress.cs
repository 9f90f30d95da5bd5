using System.Buffers.Binary;
using System.Net;

namespace Tandem.Media.Net;

/// <summary>An IPv4 address and UDP port without an object behind it.</summary>
/// <param name="Ip">In host order.</param>
public readonly record struct MediaAddress(uint Ip, ushort Port)
{
    /// <summary>True for the unset address and for <c>0.0.0.0</c>, the old way to say hold.</summary>
    public bool IsNone => Ip == 0 || Port == 0;

    /// <exception cref="ArgumentException">Not IPv4.</exception>
    public static MediaAddress From(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.TryWriteBytes(bytes, out var written) && written == 4
            ? new MediaAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)port)
            : throw new ArgumentException("Media addresses are IPv4.", nameof(address));
    }

    public IPEndPoint ToEndPoint() => new(new IPAddress(BinaryPrimitives.ReverseEndianness(Ip)), Port);

    public override string ToString() => ToEndPoint().ToString();
}
