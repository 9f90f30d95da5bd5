using System.Buffers.Binary;
using System.Text;

namespace Tandem.Media.Mp4;

/// <summary>A growing buffer of big-endian boxes (ISO/IEC 14496-12 §4.2); sizes are patched when a box ends.</summary>
internal sealed class BoxWriter(int capacity)
{
    private byte[] buffer = new byte[Math.Max(capacity, 64)];

    public int Length { get; private set; }

    /// <returns>A handle for <see cref="End"/>.</returns>
    public int Begin(string type)
    {
        var start = Length;
        U32(0);
        FourCc(type);
        return start;
    }

    public int BeginFull(string type, byte version, uint flags)
    {
        var start = Begin(type);
        U32((uint)version << 24 | flags);
        return start;
    }

    public void End(int start) => PatchU32(start, (uint)(Length - start));

    public void PatchU32(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(at), value);

    public void PatchU64(int at, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(at), value);

    public void FourCc(string type) => Encoding.ASCII.GetBytes(type, Take(4));

    public void U8(byte value) => Take(1)[0] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    public void Zeros(int count) => Take(count).Clear();

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public byte[] ToArray() => Length == buffer.Length ? buffer : buffer[..Length];

    private Span<byte> Take(int count)
    {
        if (Length + count > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + count));
        Length += count;
        return buffer.AsSpan(Length - count, count);
    }
}
