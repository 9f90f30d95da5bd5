using System.Buffers.Binary;

namespace Tandem.Media.Rtcp;

/// <summary>Sender and receiver reports with at most one block, name and goodbye (RFC 3550 §6.4 to §6.6).</summary>
public static class RtcpPacket
{
    public const int SenderReportType = 200;
    public const int ReceiverReportType = 201;
    public const int DescriptionType = 202;
    public const int ByeType = 203;
    private const int BlockBytes = 24;

    /// <summary>Takes the first packet of the compound off its front.</summary>
    /// <param name="type">RTCP packet type.</param>
    /// <param name="body">The packet from its sender's SSRC on.</param>
    /// <param name="count">Report or source count, 0 to 31.</param>
    /// <returns>False at the end or at malformed bytes.</returns>
    public static bool TryNext(ref ReadOnlySpan<byte> compound, out int type, out int count, out ReadOnlySpan<byte> body)
    {
        (type, count) = (0, 0);
        body = default;
        if (compound.Length < 4 || compound[0] >> 6 != 2)
            return false;
        var bytes = (BinaryPrimitives.ReadUInt16BigEndian(compound[2..]) + 1) * 4;
        if (bytes > compound.Length)
            return false;
        type = compound[1];
        count = compound[0] & 0x1F;
        body = compound[4..bytes];
        compound = compound[bytes..];
        return true;
    }

    /// <param name="body">Of a packet of <see cref="SenderReportType"/>.</param>
    public static bool TryReadSenderInfo(ReadOnlySpan<byte> body, out uint ssrc, out SenderInfo info)
    {
        (ssrc, info) = (0, default);
        if (body.Length < 24)
            return false;
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        info = new SenderInfo(
            BinaryPrimitives.ReadUInt64BigEndian(body[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[20..]));
        return true;
    }

    /// <param name="blocks">A report's body after its SSRC (and, in a sender report, its sender information).</param>
    public static bool TryReadBlock(ReadOnlySpan<byte> blocks, int index, out ReportBlock block)
    {
        block = default;
        if (blocks.Length < (index + 1) * BlockBytes)
            return false;
        var at = blocks[(index * BlockBytes)..];
        var lost = (at[5] << 16) | (at[6] << 8) | at[7];
        block = new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(at),
            at[4],
            (lost << 8) >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(at[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(at[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(at[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(at[20..]));
        return true;
    }

    /// <returns>Bytes written, 28 or 52.</returns>
    public static int WriteSenderReport(Span<byte> target, uint ssrc, SenderInfo info, ReportBlock? block)
    {
        var bytes = WriteHead(target, SenderReportType, ssrc, block is null ? 28 : 52, block is null ? 0 : 1);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], info.NtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(target[16..], info.RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(target[20..], info.Packets);
        BinaryPrimitives.WriteUInt32BigEndian(target[24..], info.Octets);
        if (block is { } some)
            WriteBlock(target[28..], some);
        return bytes;
    }

    /// <returns>Bytes written, 8 or 32.</returns>
    public static int WriteReceiverReport(Span<byte> target, uint ssrc, ReportBlock? block)
    {
        var bytes = WriteHead(target, ReceiverReportType, ssrc, block is null ? 8 : 32, block is null ? 0 : 1);
        if (block is { } some)
            WriteBlock(target[8..], some);
        return bytes;
    }

    /// <summary>A source description with the one item every compound packet must have (RFC 3550 §6.5.1).</summary>
    /// <param name="name">Canonical name, at most 255 bytes.</param>
    /// <returns>Bytes written, a multiple of 4.</returns>
    public static int WriteName(Span<byte> target, uint ssrc, ReadOnlySpan<byte> name)
    {
        // The list of items ends with at least one zero and at a word.
        var bytes = (8 + 2 + name.Length + 4) / 4 * 4;
        target[..bytes].Clear();
        WriteHead(target, DescriptionType, ssrc, bytes, 1);
        (target[8], target[9]) = (1, (byte)name.Length);
        name.CopyTo(target[10..]);
        return bytes;
    }

    /// <returns>Bytes written, 8.</returns>
    public static int WriteBye(Span<byte> target, uint ssrc) => WriteHead(target, ByeType, ssrc, 8, 1);

    private static int WriteHead(Span<byte> target, int type, uint ssrc, int bytes, int count)
    {
        target[0] = (byte)(0x80 | count);
        target[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)((bytes / 4) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(target[4..], ssrc);
        return bytes;
    }

    private static void WriteBlock(Span<byte> target, ReportBlock block)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, block.Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], Math.Clamp(block.CumulativeLost, -0x80_0000, 0x7F_FFFF));
        target[4] = block.FractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(target[8..], block.ExtendedHighest);
        BinaryPrimitives.WriteUInt32BigEndian(target[12..], block.Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(target[16..], block.LastSr);
        BinaryPrimitives.WriteUInt32BigEndian(target[20..], block.DelaySinceLastSr);
    }
}
