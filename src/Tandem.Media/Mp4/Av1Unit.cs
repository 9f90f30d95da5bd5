namespace Tandem.Media.Mp4;

/// <summary>Walks the open bitstream units of a coded AV1 picture (AV1 bitstream specification, section 5.3); each says its size.</summary>
public static class Av1Unit
{
    private const int SequenceHeaderType = 1;
    private const int TemporalDelimiterType = 2;
    private const int ExtensionFlag = 4;
    private const int SizeFlag = 2;

    /// <summary>The picture as it is stored in MP4: without temporal delimiters (AV1 Codec ISO Media File Format Binding, section 2.4).</summary>
    /// <returns>All of it where it cannot be read.</returns>
    public static byte[] WithoutDelimiters(ReadOnlySpan<byte> unit)
    {
        var kept = new byte[unit.Length];
        var length = 0;
        for (var rest = unit; !rest.IsEmpty;)
        {
            var size = Length(rest, out _);
            if (size == 0)
                return unit.ToArray();
            if (Type(rest) != TemporalDelimiterType)
            {
                rest[..size].CopyTo(kept.AsSpan(length));
                length += size;
            }
            rest = rest[size..];
        }
        return kept[..length];
    }

    /// <returns>The first sequence header, header and size included; empty where there is none.</returns>
    internal static ReadOnlySpan<byte> SequenceHeader(ReadOnlySpan<byte> unit)
    {
        for (var rest = unit; !rest.IsEmpty;)
        {
            var size = Length(rest, out _);
            if (size == 0 || Type(rest) == SequenceHeaderType)
                return rest[..size];
            rest = rest[size..];
        }
        return default;
    }

    internal static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> unit)
    {
        var size = Length(unit, out var headerBytes);
        return unit[headerBytes..size];
    }

    private static int Type(ReadOnlySpan<byte> unit) => unit[0] >> 3 & 0xF;

    /// <returns>Bytes of the first unit, 0 where it has no size or is not whole.</returns>
    private static int Length(ReadOnlySpan<byte> bytes, out int headerBytes)
    {
        headerBytes = (bytes[0] & ExtensionFlag) != 0 ? 2 : 1;
        if ((bytes[0] & SizeFlag) == 0)
            return 0;
        // leb128 (section 4.10.5)
        long size = 0;
        for (var shift = 0; shift < 35 && headerBytes < bytes.Length; shift += 7)
        {
            var part = bytes[headerBytes++];
            size |= (long)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return size <= bytes.Length - headerBytes ? headerBytes + (int)size : 0;
        }
        return 0;
    }
}
