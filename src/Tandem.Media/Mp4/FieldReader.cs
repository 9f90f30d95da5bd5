using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Reads 32-bit fields of which flags say whether they are there.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>A field that the flags promise was not there.</summary>
    public bool Overrun { get; private set; }

    public uint Optional(uint flags, uint bit, uint otherwise)
    {
        if ((flags & bit) == 0)
            return otherwise;
        if (rest.Length < 4)
        {
            Overrun = true;
            return 0;
        }
        var value = BinaryPrimitives.ReadUInt32BigEndian(rest);
        rest = rest[4..];
        return value;
    }
}
