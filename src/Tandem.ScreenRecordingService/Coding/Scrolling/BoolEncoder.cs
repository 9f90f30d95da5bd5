using System.Numerics;
using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>VP9's arithmetic coder: what the decoder of the VP9 bitstream specification, section 9.2, reads back.</summary>
internal sealed class BoolEncoder
{
    private readonly List<byte> bytes = new(256);

    /// <summary>Lower end of the interval: 8 bits that range over <see cref="range"/>, above them <see cref="settled"/>
    /// bits that only a carry can still change.</summary>
    private ulong low;
    private uint range = 255;
    private int settled;

    public BoolEncoder() => Write(false, 128); // the marker bit

    /// <param name="probability">Of a zero, in 256ths.</param>
    public void Write(bool bit, int probability)
    {
        var split = 1 + (((range - 1) * (uint)probability) >> 8);
        if (bit)
            low += split;
        range = bit ? range - split : split;
        var shift = BitOperations.LeadingZeroCount(range) - 24;
        range <<= shift;
        low <<= shift;
        settled += shift;
        while (settled >= 8)
            EmitByte();
    }

    /// <returns>All bytes; nothing may be written after.</returns>
    public ReadOnlySpan<byte> End()
    {
        for (var i = 0; i < 32; i++)
            Write(false, 128);
        // What ends like the index of a superframe would be taken for one.
        if ((bytes[^1] & 0xE0) == 0xC0)
            bytes.Add(0);
        return CollectionsMarshal.AsSpan(bytes);
    }

    private void EmitByte()
    {
        var top = low >> settled;
        for (var at = bytes.Count - 1; top > 255; at--)
        {
            if (++bytes[at] != 0)
                break;
        }
        bytes.Add((byte)top);
        low &= (1ul << settled) - 1;
        settled -= 8;
    }
}
