using System.Security.Cryptography;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Proof;

/// <summary>Says which records of a sealed stream are not what its index says.</summary>
internal static class BrokenRecords
{
    /// <returns>Record number, null for the stream's header or tail, and what is wrong; empty when the index explains
    /// nothing.</returns>
    public static List<(long? Record, string What)> Find(string path, byte[] index)
    {
        var faults = new List<(long?, string)>();
        if (!StreamIndex.TryRead(index, out var rows))
            return faults;
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        var buffer = new byte[RecordHeader.MaximumRecordBytes];
        for (var i = 0; i < rows.Count; i++)
        {
            var (offset, end, digest) = rows[i];
            var record = buffer.AsSpan(0, (int)(end - offset));
            if (end > length)
            {
                faults.Add((i, $"the object is cut at byte {length}"));
                return faults;
            }

            ReadAll(file, offset, record);
            if (!SHA256.HashData(record).AsSpan().SequenceEqual(digest))
                faults.Add((i, "its bytes are not what was stored"));
        }

        if (rows.Count > 0 && length > rows[^1].End)
            faults.Add((null, $"{length - rows[^1].End} bytes follow its last record"));
        if (faults.Count == 0)
            faults.Add((null, "its first 64 bytes are not what was stored"));
        return faults;
    }

    private static void ReadAll(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, Span<byte> target)
    {
        while (!target.IsEmpty && RandomAccess.Read(file, target, offset) is var got and > 0)
        {
            target = target[got..];
            offset += got;
        }
    }
}
