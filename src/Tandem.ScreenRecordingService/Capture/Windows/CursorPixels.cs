namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>Windows' kinds of pointers as premultiplied ARGB.</summary>
internal static class CursorPixels
{
    private const uint Opaque = 0xFF000000;

    /// <summary>A coloured pointer: its own alpha, or where it has none at all, what the mask leaves out is opaque.</summary>
    /// <param name="colour">ARGB, not premultiplied.</param>
    /// <param name="mask">One pixel each; not black: see through.</param>
    public static uint[] FromColour(ReadOnlySpan<uint> colour, ReadOnlySpan<uint> mask)
    {
        var pixels = new uint[colour.Length];
        var hasAlpha = colour.ContainsAnyExceptInRange(0u, 0xFFFFFFu);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = hasAlpha ? Premultiply(colour[i]) : IsSet(mask[i]) ? 0 : colour[i] | Opaque;
        return pixels;
    }

    /// <summary>A pointer of two colours. Where it would invert the screen (the text beam) it is black.</summary>
    /// <param name="masks">The and-mask, then the xor-mask of the same size.</param>
    public static uint[] FromMasks(ReadOnlySpan<uint> masks)
    {
        var and = masks[..(masks.Length / 2)];
        var xor = masks[and.Length..];
        var pixels = new uint[and.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (IsSet(and[i]), IsSet(xor[i])) switch
            {
                (true, false) => 0,
                (false, true) => Opaque | 0xFFFFFF,
                _ => Opaque,
            };
        }
        return pixels;
    }

    private static bool IsSet(uint pixel) => (pixel & 0xFFFFFF) != 0;

    private static uint Premultiply(uint pixel)
    {
        var alpha = pixel >> 24;
        uint Scale(int shift) => ((pixel >> shift & 0xFF) * alpha + 127) / 255 << shift;
        return alpha << 24 | Scale(16) | Scale(8) | Scale(0);
    }
}
