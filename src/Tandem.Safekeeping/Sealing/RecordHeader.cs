using System.Buffers.Binary;
using System.Numerics;

namespace Tandem.Safekeeping.Sealing;

/// <summary>The 40 bytes before a record's ciphertext, all big-endian and bound to it as associated data:
/// plaintext length (4), index (4), plaintext offset (8), UTC µs (8), monotonic µs (8), flags (1: bit 0 last),
/// zero (3), CRC-32C of the 36 bytes before (4). The CRC tells a cut from damage without the key.</summary>
public readonly record struct RecordHeader(
    int PlaintextLength, uint Index, long PlaintextOffset, long UtcUs, long MonotonicUs, bool IsLast)
{
    public const int SizeBytes = 40;
    public const int TagSizeBytes = 16;

    /// <summary>Header, ciphertext and tag of one record together.</summary>
    public const int MaximumRecordBytes = 1 << 20;
    public const int MaximumPlaintextBytes = MaximumRecordBytes - SizeBytes - TagSizeBytes;

    private const int CheckedBytes = 36;

    /// <summary>Bytes that the record takes in the sealed stream.</summary>
    public int RecordLength => SizeBytes + PlaintextLength + TagSizeBytes;

    public static ParseVerdict TryParse(ReadOnlySpan<byte> source, out RecordHeader header)
    {
        header = default;
        if (source.Length < SizeBytes)
            return ParseVerdict.NeedMore;
        if (BinaryPrimitives.ReadUInt32BigEndian(source[CheckedBytes..]) != Crc(source[..CheckedBytes]))
            return ParseVerdict.Malformed;
        var length = BinaryPrimitives.ReadUInt32BigEndian(source);
        if (length > MaximumPlaintextBytes || source[32] > 1 || source[33..CheckedBytes].ContainsAnyExcept((byte)0))
            return ParseVerdict.Malformed;
        header = new RecordHeader(
            (int)length,
            BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
            BinaryPrimitives.ReadInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadInt64BigEndian(source[24..]),
            source[32] == 1);
        return ParseVerdict.Complete;
    }

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, (uint)PlaintextLength);
        BinaryPrimitives.WriteUInt32BigEndian(target[4..], Index);
        BinaryPrimitives.WriteInt64BigEndian(target[8..], PlaintextOffset);
        BinaryPrimitives.WriteInt64BigEndian(target[16..], UtcUs);
        BinaryPrimitives.WriteInt64BigEndian(target[24..], MonotonicUs);
        target[32..CheckedBytes].Clear();
        target[32] = IsLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(target[CheckedBytes..], Crc(target[..CheckedBytes]));
    }

    /// <summary>Tink's segment nonce: prefix (7) ‖ counter (4, big-endian) ‖ last flag (1).</summary>
    internal void WriteNonce(ReadOnlySpan<byte> prefix, Span<byte> nonce)
    {
        prefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[StreamHeader.NoncePrefixSizeBytes..], Index);
        nonce[StreamHeader.NoncePrefixSizeBytes + 4] = IsLast ? (byte)1 : (byte)0;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
