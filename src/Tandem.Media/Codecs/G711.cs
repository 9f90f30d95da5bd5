namespace Tandem.Media.Codecs;

/// <summary>ITU-T G.711 by tables. Linear values are 16-bit, left-justified as in the ITU-T software tool library.</summary>
public static class G711
{
    public const int Rate = 8000;
    public const byte MuLawSilence = 0xFF;
    public const byte ALawSilence = 0xD5;

    private static readonly short[] MuToLinear = Build(ExpandMu);
    private static readonly short[] AToLinear = Build(ExpandA);
    private static readonly byte[] LinearToMu = BuildEncoder(CompressMu, 2);
    private static readonly byte[] LinearToA = BuildEncoder(CompressA, 3);
    private static readonly byte[] MuToA = BuildMap(MuToLinear, LinearToA, 3);
    private static readonly byte[] AToMu = BuildMap(AToLinear, LinearToMu, 2);

    /// <summary>The code of digital silence.</summary>
    public static byte Silence(G711Law law) => law == G711Law.A ? ALawSilence : MuLawSilence;

    public static short Decode(G711Law law, byte code) => (law == G711Law.A ? AToLinear : MuToLinear)[code];

    public static byte Encode(G711Law law, short sample) =>
        law == G711Law.A ? LinearToA[(ushort)sample >> 3] : LinearToMu[(ushort)sample >> 2];

    /// <param name="pcm">At least as long as <paramref name="codes"/>.</param>
    public static void Decode(G711Law law, ReadOnlySpan<byte> codes, Span<short> pcm)
    {
        var table = law == G711Law.A ? AToLinear : MuToLinear;
        for (var i = 0; i < codes.Length; i++)
            pcm[i] = table[codes[i]];
    }

    /// <param name="codes">At least as long as <paramref name="pcm"/>.</param>
    public static void Encode(G711Law law, ReadOnlySpan<short> pcm, Span<byte> codes)
    {
        for (var i = 0; i < pcm.Length; i++)
            codes[i] = Encode(law, pcm[i]);
    }

    /// <summary>Rewrites codes of one law as the other's; the same law copies.</summary>
    public static void Convert(G711Law from, G711Law to, ReadOnlySpan<byte> codes, Span<byte> target)
    {
        if (from == to)
        {
            codes.CopyTo(target);
            return;
        }
        var table = from == G711Law.A ? AToMu : MuToA;
        for (var i = 0; i < codes.Length; i++)
            target[i] = table[codes[i]];
    }

    private static short[] Build(Func<byte, short> expand) =>
        [.. Enumerable.Range(0, 256).Select(code => expand((byte)code))];

    private static byte[] BuildEncoder(Func<short, byte> compress, int shift) =>
        [.. Enumerable.Range(0, 65_536 >> shift).Select(index => compress((short)(index << shift)))];

    private static byte[] BuildMap(short[] decode, byte[] encode, int shift) =>
        [.. decode.Select(sample => encode[(ushort)sample >> shift])];

    // G.711 table 2a: segments of 16 steps, codes inverted on the line.
    private static short ExpandMu(byte code)
    {
        var value = ~code & 0xFF;
        var magnitude = ((((value & 0x0F) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
        return (short)((value & 0x80) != 0 ? -magnitude : magnitude);
    }

    // G.711 table 1a: even bits inverted on the line.
    private static short ExpandA(byte code)
    {
        var value = code ^ 0x55;
        var exponent = (value >> 4) & 7;
        var mantissa = ((value & 0x0F) << 4) + 8;
        var magnitude = exponent == 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
        return (short)((value & 0x80) != 0 ? magnitude : -magnitude);
    }

    // As ulaw_compress of the ITU-T tool library: 14 bits, one's complement of negatives, bias 33.
    private static byte CompressMu(short sample)
    {
        var absolute = sample < 0 ? (~sample >> 2) + 33 : (sample >> 2) + 33;
        absolute = Math.Min(absolute, 0x1FFF);
        var segment = 1;
        for (var i = absolute >> 6; i != 0; i >>= 1)
            segment++;
        var high = 8 - segment;
        var low = 0x0F - ((absolute >> segment) & 0x0F);
        var code = (high << 4) | low;
        return (byte)(sample >= 0 ? code | 0x80 : code);
    }

    // As alaw_compress of the ITU-T tool library: 13 bits, one's complement of negatives.
    private static byte CompressA(short sample)
    {
        var value = sample < 0 ? ~sample >> 4 : sample >> 4;
        if (value > 15)
        {
            var exponent = 1;
            while (value > 16 + 15)
            {
                value >>= 1;
                exponent++;
            }
            value = value - 16 + (exponent << 4);
        }
        if (sample >= 0)
            value |= 0x80;
        return (byte)(value ^ 0x55);
    }
}
