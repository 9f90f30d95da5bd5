using System.Buffers.Binary;

namespace Tandem.Media.Wav;

/// <summary>Writes and reads WAV headers. The layout is fixed at <see cref="Bytes"/> so that the length of a file is
/// known from its samples alone: RIFF, a JUNK chunk that becomes ds64 where the size passes 4 GiB (RF64, EBU Tech 3306),
/// fmt of 18 bytes, fact, data.</summary>
/// <param name="Format">Sample format.</param>
/// <param name="Rate">Samples per second and channel.</param>
/// <param name="DataOffset">Where samples begin.</param>
/// <param name="DataBytes">Bytes of samples.</param>
public readonly record struct WavHeader(WavFormat Format, int Channels, int Rate, long DataOffset, long DataBytes)
{
    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public const int Bytes = 12 + 36 + 26 + 12 + 8;

    public int BytesPerFrame => Channels * (Format == WavFormat.Pcm16 ? 2 : 1);

    /// <param name="target">At least <see cref="Bytes"/> long.</param>
    /// <returns><see cref="Bytes"/>.</returns>
    public static int Write(Span<byte> target, WavFormat format, int channels, int rate, long dataBytes)
    {
        var big = dataBytes + Bytes > uint.MaxValue;
        var frame = channels * (format == WavFormat.Pcm16 ? 2 : 1);
        target[..Bytes].Clear();
        (big ? "RF64"u8 : "RIFF"u8).CopyTo(target);
        PutU32(target, 4, big ? uint.MaxValue : (uint)(dataBytes + Bytes - 8));
        "WAVE"u8.CopyTo(target[8..]);
        (big ? "ds64"u8 : "JUNK"u8).CopyTo(target[12..]);
        PutU32(target, 16, 28);
        if (big)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[20..], dataBytes + Bytes - 8);
            BinaryPrimitives.WriteInt64LittleEndian(target[28..], dataBytes);
            BinaryPrimitives.WriteInt64LittleEndian(target[36..], dataBytes / frame);
        }
        "fmt "u8.CopyTo(target[48..]);
        PutU32(target, 52, 18);
        PutU16(target, 56, (int)format);
        PutU16(target, 58, channels);
        PutU32(target, 60, (uint)rate);
        PutU32(target, 64, (uint)(rate * frame));
        PutU16(target, 68, frame);
        PutU16(target, 70, frame * 8 / channels);
        "fact"u8.CopyTo(target[74..]);
        PutU32(target, 78, 4);
        PutU32(target, 82, big ? uint.MaxValue : (uint)(dataBytes / frame));
        "data"u8.CopyTo(target[86..]);
        PutU32(target, 90, big ? uint.MaxValue : (uint)dataBytes);
        return Bytes;
    }

    /// <summary>Reads any plain WAV of the known formats. A data size beyond the file (a recorder that died, a stream)
    /// counts as the rest of the file.</summary>
    /// <param name="file">At least up to the first samples.</param>
    /// <param name="fileBytes">Length of the whole file.</param>
    public static bool TryParse(ReadOnlySpan<byte> file, long fileBytes, out WavHeader header)
    {
        header = default;
        if (file.Length < 12 || !file[8..12].SequenceEqual("WAVE"u8))
            return false;
        var found = default(WavHeader);
        long wide = -1;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var id = file.Slice(at, 4);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (id.SequenceEqual("data"u8))
            {
                var bytes = size == uint.MaxValue && wide >= 0 ? wide : size;
                header = found with { DataOffset = at + 8, DataBytes = Math.Min(bytes, fileBytes - at - 8) };
                return found.Channels > 0;
            }
            if (id.SequenceEqual("ds64"u8) && file.Length >= at + 24)
                wide = BinaryPrimitives.ReadInt64LittleEndian(file[(at + 16)..]);
            if (id.SequenceEqual("fmt "u8) && file.Length >= at + 24)
                found = ReadFormat(file[(at + 8)..]);
            if (size > file.Length)
                return false;
            at += 8 + (int)size + (int)(size & 1);
        }
        return false;
    }

    private static WavHeader ReadFormat(ReadOnlySpan<byte> body)
    {
        var format = (WavFormat)BinaryPrimitives.ReadUInt16LittleEndian(body);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        var known = format is WavFormat.Pcm16 or WavFormat.ALaw or WavFormat.MuLaw;
        return new WavHeader(format, known ? channels : 0, BinaryPrimitives.ReadInt32LittleEndian(body[4..]), 0, 0);
    }

    private static void PutU16(Span<byte> target, int at, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(target[at..], (ushort)value);

    private static void PutU32(Span<byte> target, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(target[at..], value);
}
