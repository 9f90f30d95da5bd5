using System.Buffers.Binary;

namespace Tandem.Lab.Senses;

/// <summary>PCM16 audio as read from a WAV file, one array of samples per channel.</summary>
public sealed record HeardAudio(int Rate, IReadOnlyList<short[]> Channels)
{
    public double DurationMs => Channels[0].Length * 1000.0 / Rate;

    /// <summary>Reads RIFF/WAVE with one <c>fmt </c> and one <c>data</c> chunk of 16-bit PCM.</summary>
    /// <exception cref="InvalidDataException">It is anything else, or shorter than it says.</exception>
    public static HeardAudio Read(string path) => Parse(File.ReadAllBytes(path));

    public static HeardAudio Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException("not a RIFF/WAVE file");
        var format = ReadOnlySpan<byte>.Empty;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var id = file.Slice(at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (at + 8 + length > file.Length)
                throw new InvalidDataException($"chunk at {at} says {length} bytes; {file.Length - at - 8} follow");
            var body = file.Slice(at + 8, (int)length);
            if (id.SequenceEqual("fmt "u8))
                format = body;
            if (id.SequenceEqual("data"u8))
                return Split(format, body);
            at += 8 + (int)(length + (length & 1));
        }
        throw new InvalidDataException("no data chunk");
    }

    private static HeardAudio Split(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data)
    {
        if (format.Length < 16 || BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) != 16)
            throw new InvalidDataException("not 16-bit PCM");
        int count = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        var samples = data.Length / 2 / count;
        var channels = new short[count][];
        for (var channel = 0; channel < count; channel++)
        {
            channels[channel] = new short[samples];
            for (var at = 0; at < samples; at++)
                channels[channel][at] = BinaryPrimitives.ReadInt16LittleEndian(data[((at * count + channel) * 2)..]);
        }
        return new HeardAudio(rate, channels);
    }
}
