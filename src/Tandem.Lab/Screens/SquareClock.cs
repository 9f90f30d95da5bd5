namespace Tandem.Lab.Screens;

/// <summary>The clock that a painted screen shows at its top left corner: 16 squares of 32 × 32 pixels in one row,
/// most significant first, white 1, black 0, their value UTC milliseconds / 100 modulo 65,536.</summary>
public static class SquareClock
{
    public const int Bits = 16;
    public const int SidePixels = 32;
    public const int TickMs = 100;
    public const int Modulus = 65_536;

    /// <param name="unixMs">UTC milliseconds since 1970.</param>
    public static int ValueAt(long unixMs) => (int)(unixMs / TickMs % Modulus);

    /// <summary>The instant at which <paramref name="value"/> began to be shown, the one nearest to
    /// <paramref name="nearUnixMs"/> (the clock wraps every 6,553.6 s).</summary>
    public static long StartOf(int value, long nearUnixMs)
    {
        const long span = (long)Modulus * TickMs;
        var guess = nearUnixMs / span * span + (long)value * TickMs;
        if (guess - nearUnixMs > span / 2)
            return guess - span;
        return nearUnixMs - guess > span / 2 ? guess + span : guess;
    }

    /// <summary>Reads a grey picture of the row, <paramref name="stride"/> bytes a line, at the middle of each square.
    /// Null when a square is neither clearly white nor clearly black.</summary>
    public static int? Read(ReadOnlySpan<byte> grey, int stride)
    {
        var value = 0;
        for (var bit = 0; bit < Bits; bit++)
        {
            var mean = MeanOfCentre(grey, stride, bit * SidePixels);
            if (mean is > 80 and < 175)
                return null;
            value = value << 1 | (mean >= 175 ? 1 : 0);
        }
        return value;
    }

    private static int MeanOfCentre(ReadOnlySpan<byte> grey, int stride, int left)
    {
        const int margin = 10;
        var sum = 0;
        for (var y = margin; y < SidePixels - margin; y++)
            for (var x = margin; x < SidePixels - margin; x++)
                sum += grey[y * stride + left + x];
        return sum / ((SidePixels - 2 * margin) * (SidePixels - 2 * margin));
    }
}
