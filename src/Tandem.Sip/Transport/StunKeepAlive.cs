using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tandem.Sip.Transport;

/// <summary>The keep-alive of phones behind a NAT over UDP: a STUN Binding request on the SIP port, answered with the address it came from
/// (RFC 5626 §4.4.2 and §8; RFC 5389 §6, §15.2).</summary>
internal static class StunKeepAlive
{
    private const int HeaderBytes = 20;
    private const uint MagicCookie = 0x2112_A442;
    private const ushort BindingRequest = 0x0001;
    private const ushort BindingSuccess = 0x0101;
    private const ushort XorMappedAddress = 0x0020;

    /// <summary>The answer to a Binding request; null for anything else. Attributes of the request are not looked at.</summary>
    public static byte[]? Answer(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if (datagram.Length < HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(datagram) != BindingRequest
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderBytes
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie) return null;
        var address = from.Address.GetAddressBytes();
        var answer = new byte[HeaderBytes + 8 + address.Length];
        datagram[..HeaderBytes].CopyTo(answer);
        BinaryPrimitives.WriteUInt16BigEndian(answer, BindingSuccess);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(2), (ushort)(8 + address.Length));
        var attribute = answer.AsSpan(HeaderBytes);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, XorMappedAddress);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)(4 + address.Length));
        attribute[5] = (byte)(from.AddressFamily == AddressFamily.InterNetworkV6 ? 2 : 1);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[6..], (ushort)(from.Port ^ (MagicCookie >> 16)));

        // The cookie and the transaction id that follows it are the key.
        for (var i = 0; i < address.Length; i++) attribute[8 + i] = (byte)(address[i] ^ datagram[4 + i]);
        return answer;
    }
}
