namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A rectangle of a <see cref="ScreenPicture"/>, in pixels.</summary>
internal readonly record struct PixelArea(int X, int Y, int Width, int Height)
{
    private const int Tile = ScreenPicture.Tile;

    /// <summary>The rectangle cut along the picture's tiles, row by row.</summary>
    public IEnumerable<PixelArea> Tiles()
    {
        for (var y = Y; y < Y + Height; y = (y / Tile + 1) * Tile)
        {
            for (var x = X; x < X + Width; x = (x / Tile + 1) * Tile)
                yield return new PixelArea(x, y, Math.Min((x / Tile + 1) * Tile, X + Width) - x, Math.Min((y / Tile + 1) * Tile, Y + Height) - y);
        }
    }

    /// <summary>Widens it to whole tiles as far as a monitor goes, which need not begin on one.</summary>
    /// <returns>In parts, none of which crosses a tile's corner that it does not begin on.</returns>
    public IEnumerable<PixelArea> Widened(PixelArea monitor)
    {
        foreach (var (y, height) in Spans(Y, Height, monitor.Y, monitor.Height))
        {
            foreach (var (x, width) in Spans(X, Width, monitor.X, monitor.Width))
                yield return new PixelArea(x, y, width, height);
        }
    }

    /// <summary>Where it is seen when of so many pixels, along each side, one is made: its last ones may be part of a square
    /// that is not whole.</summary>
    public PixelArea Reduced(int by) => new(X / by, Y / by, (X + Width + by - 1) / by - X / by, (Y + Height + by - 1) / by - Y / by);

    /// <summary>Bytes from this rectangle's first pixel to that of a part of it.</summary>
    public long OffsetOf(PixelArea part, int stride) => (long)(part.Y - Y) * stride + (part.X - X) * 4;

    /// <summary>Whether it begins on a tile's corner and ends on one or at the picture's edge.</summary>
    public bool IsWholeTiles(int pictureWidth, int pictureHeight) =>
        X % Tile == 0 && Y % Tile == 0
        && ((X + Width) % Tile == 0 || X + Width == pictureWidth)
        && ((Y + Height) % Tile == 0 || Y + Height == pictureHeight);

    private static IEnumerable<(int From, int Length)> Spans(int from, int length, int low, int lowLength)
    {
        var until = Math.Min((from + length + Tile - 1) / Tile * Tile, low + lowLength);
        from = Math.Max(from / Tile * Tile, low);
        if (from >= until)
            yield break;
        var corner = Math.Min((from + Tile - 1) / Tile * Tile, until);
        if (from < corner)
            yield return (from, corner - from);
        if (corner < until)
            yield return (corner, until - corner);
    }
}
