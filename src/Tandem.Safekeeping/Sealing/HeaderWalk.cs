using Microsoft.Win32.SafeHandles;

namespace Tandem.Safekeeping.Sealing;

/// <summary>Finds the records of a sealed file by their headers alone, without reading what they hold.</summary>
internal static class HeaderWalk
{
    internal static (IReadOnlyList<SealedRecord> Records, SealedState State) Continue(
        SafeFileHandle file, IReadOnlyList<SealedRecord> known)
    {
        var records = known.ToList();
        var length = RandomAccess.GetLength(file);
        Span<byte> bytes = stackalloc byte[RecordHeader.SizeBytes];
        var offset = records.Count == 0 ? StreamHeader.SizeBytes : records[^1].SealedEnd;
        while (offset < length)
        {
            if (records.Count > 0 && records[^1].Header.IsLast)
                return (records, SealedState.Damaged);
            var got = RandomAccess.Read(file, bytes, offset);
            var verdict = RecordHeader.TryParse(bytes[..got], out var header);
            if (verdict == ParseVerdict.NeedMore)
                return (records, SealedState.Truncated);
            if (verdict == ParseVerdict.Malformed || header.Index != records.Count
                || header.PlaintextOffset != (records.Count == 0 ? 0 : records[^1].PlaintextEnd))
                return (records, SealedState.Damaged);
            if (offset + header.RecordLength > length)
                return (records, SealedState.Truncated);
            records.Add(new SealedRecord(offset, header));
            offset += header.RecordLength;
        }

        return (records, records.Count > 0 && records[^1].Header.IsLast ? SealedState.Complete : SealedState.Truncated);
    }

    /// <summary>Position of the record that holds the plaintext offset; the count when it is behind the end.</summary>
    internal static int Find(IReadOnlyList<SealedRecord> records, long plaintextOffset)
    {
        int low = 0, high = records.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (records[middle].PlaintextEnd > plaintextOffset)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
