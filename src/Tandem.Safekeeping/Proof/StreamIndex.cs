using System.Buffers.Binary;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Proof;

/// <summary>The index object of a sealed stream, <c>{stream id}.index</c>: magic <c>TANDEMX1</c> (8), sealed length (8),
/// then 40 bytes a record: sealed offset (8, big-endian), SHA-256 of the record (32). It names the record in which a bit
/// was flipped.</summary>
public static class StreamIndex
{
    public const string Ending = ".index";
    private const int HeaderBytes = 16;
    private const int RowBytes = 40;

    private static ReadOnlySpan<byte> Magic => "TANDEMX1"u8;

    /// <summary>Of the index of a stream with that many records.</summary>
    public static long SizeBytes(long records) => HeaderBytes + RowBytes * records;

    public static byte[] Write(SealedScan scan)
    {
        var bytes = new byte[HeaderBytes + RowBytes * scan.Records.Count];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), scan.SealedLength);
        for (var i = 0; i < scan.Records.Count; i++)
        {
            var row = bytes.AsSpan(HeaderBytes + RowBytes * i, RowBytes);
            BinaryPrimitives.WriteInt64BigEndian(row, scan.Records[i].SealedOffset);
            scan.RecordDigests[i].CopyTo(row[8..]);
        }

        return bytes;
    }

    /// <summary>False when the bytes are not an index.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out List<(long Offset, long End, byte[] Digest)> rows)
    {
        rows = [];
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic) || (bytes.Length - HeaderBytes) % RowBytes != 0)
            return false;
        var end = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
        for (var at = bytes.Length - RowBytes; at >= HeaderBytes; at -= RowBytes)
        {
            var offset = BinaryPrimitives.ReadInt64BigEndian(bytes[at..]);
            if (offset < StreamHeader.SizeBytes || offset >= end || end - offset > RecordHeader.MaximumRecordBytes)
                return false;
            rows.Add((offset, end, bytes.Slice(at + 8, 32).ToArray()));
            end = offset;
        }

        rows.Reverse();
        return true;
    }
}
