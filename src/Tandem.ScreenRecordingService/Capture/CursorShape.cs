namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A mouse pointer in place.</summary>
/// <param name="X">Left edge of the image on the picture (hot spot already taken off); may be negative.</param>
/// <param name="Pixels">Premultiplied ARGB, row by row.</param>
internal sealed record CursorShape(int X, int Y, int Width, int Height, uint[] Pixels)
{
    public bool Covers(int left, int top, int size) =>
        X < left + size && Y < top + size && X + Width > left && Y + Height > top;

    /// <summary>Draws onto one square tile of BGRX pixels.</summary>
    public void Blend(Span<uint> tile, int left, int top, int size)
    {
        for (var y = Math.Max(Y, top); y < Math.Min(Y + Height, top + size); y++)
        {
            for (var x = Math.Max(X, left); x < Math.Min(X + Width, left + size); x++)
            {
                ref var pixel = ref tile[(y - top) * size + x - left];
                pixel = Over(Pixels[(y - Y) * Width + x - X], pixel);
            }
        }
    }

    private static uint Over(uint above, uint below)
    {
        var rest = 255 - (above >> 24);
        if (rest == 255)
            return below;
        // both pairs of channels at once; +128 and the second shift round as a division by 255
        var redBlue = (below & 0xFF00FF) * rest + 0x800080;
        redBlue = ((redBlue + ((redBlue >> 8) & 0xFF00FF)) >> 8) & 0xFF00FF;
        var green = ((below >> 8) & 0xFF) * rest + 0x80;
        green = (green + (green >> 8)) & 0xFF00;
        return (above & 0xFFFFFF) + redBlue + green;
    }
}
