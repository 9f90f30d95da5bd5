using System.Buffers.Binary;

namespace Tandem.Media.Rtp;

/// <summary>A view of one RTP packet inside a datagram (RFC 3550 §5.1); copies nothing.</summary>
public readonly ref struct RtpPacket
{
    /// <summary>Bytes of a header without contributing sources and extension.</summary>
    public const int HeaderBytes = 12;

    private readonly ReadOnlySpan<byte> _datagram;

    private RtpPacket(ReadOnlySpan<byte> datagram, int payloadOffset, int payloadBytes)
    {
        _datagram = datagram;
        PayloadOffset = payloadOffset;
        Payload = datagram.Slice(payloadOffset, payloadBytes);
    }

    /// <summary>0 to 127.</summary>
    public int PayloadType => _datagram[1] & 0x7F;

    public bool Marker => (_datagram[1] & 0x80) != 0;

    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(_datagram[2..]);

    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_datagram[4..]);

    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_datagram[8..]);

    /// <summary>Where <see cref="Payload"/> begins in the datagram, after contributing sources and extension.</summary>
    public int PayloadOffset { get; }

    /// <summary>Without padding; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Checks version, lengths and padding as RFC 3550 A.1 asks of a single packet.</summary>
    /// <returns>False when the datagram is not RTP (also for RTCP multiplexed on the port, RFC 5761 §4).</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        if (!TryParseHeader(datagram, out packet))
            return false;
        var padding = (datagram[0] & 0x20) != 0 ? datagram[^1] : 0;
        var bytes = packet.Payload.Length - padding;
        if (bytes < 0 || ((datagram[0] & 0x20) != 0 && padding == 0))
            return false;
        packet = new RtpPacket(datagram, packet.PayloadOffset, bytes);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, but what looks like padding stays in the payload: it is not readable yet where
    /// the payload is encrypted.</summary>
    public static bool TryParseHeader(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        if (datagram.Length < HeaderBytes || datagram[0] >> 6 != 2 || IsRtcp(datagram))
            return false;
        var offset = HeaderBytes + ((datagram[0] & 0x0F) * 4);
        if ((datagram[0] & 0x10) != 0)
        {
            if (datagram.Length < offset + 4)
                return false;
            offset += 4 + (BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]) * 4);
        }
        if (datagram.Length < offset)
            return false;
        packet = new RtpPacket(datagram, offset, datagram.Length - offset);
        return true;
    }

    /// <summary>True for the packet types 192 to 223 of RTCP (RFC 5761 §4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= 8 && datagram[0] >> 6 == 2 && datagram[1] is >= 192 and <= 223;

    /// <summary>Writes a plain 12-byte header.</summary>
    /// <returns><see cref="HeaderBytes"/>.</returns>
    public static int WriteHeader(
        Span<byte> datagram, int payloadType, bool marker, ushort sequence, uint timestamp, uint ssrc)
    {
        datagram[0] = 0x80;
        datagram[1] = (byte)((payloadType & 0x7F) | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], ssrc);
        return HeaderBytes;
    }
}
