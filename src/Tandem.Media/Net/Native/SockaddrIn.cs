using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>struct sockaddr_in (ip(7)): port and address in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SockaddrIn
{
    public ushort Family;
    public ushort NetworkPort;
    public uint NetworkAddress;
    public ulong Zero;

    public readonly MediaAddress ToAddress() =>
        new(BinaryPrimitives.ReverseEndianness(NetworkAddress), BinaryPrimitives.ReverseEndianness(NetworkPort));

    public static SockaddrIn From(MediaAddress address) => new()
    {
        Family = Libc.AfInet,
        NetworkPort = BinaryPrimitives.ReverseEndianness(address.Port),
        NetworkAddress = BinaryPrimitives.ReverseEndianness(address.Ip),
    };
}
