using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Walks child boxes of a span; never throws on bad input.</summary>
internal ref struct BoxReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public ReadOnlySpan<byte> Type { get; private set; }
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <returns>False at the end or where the next box does not fit.</returns>
    public bool Next()
    {
        if (rest.Length < 8)
            return false;
        var size = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (size < 8 || size > rest.Length)
            return false;
        Type = rest[4..8];
        Body = rest[8..(int)size];
        rest = rest[(int)size..];
        return true;
    }

    /// <summary>The body of the first box at <paramref name="path"/>, or empty.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> bytes, params ReadOnlySpan<string> path)
    {
        foreach (var type in path)
        {
            var reader = new BoxReader(bytes);
            var found = false;
            while (!found && reader.Next())
                found = IsType(reader.Type, type);
            if (!found)
                return default;
            bytes = reader.Body;
        }
        return bytes;
    }

    public static bool IsType(ReadOnlySpan<byte> type, string name)
    {
        for (var i = 0; i < 4; i++)
        {
            if (type[i] != name[i])
                return false;
        }
        return true;
    }
}
