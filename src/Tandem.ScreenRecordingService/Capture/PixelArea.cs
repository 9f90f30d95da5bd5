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

    /// <summary>Bytes from this rectangle's first pixel to that of a part of it.</summary>
    public long OffsetOf(PixelArea part, int stride) => (long)(part.Y - Y) * stride + (part.X - X) * 4;

    /// <summary>Whether it begins on a tile's corner and ends on one or at the picture's edge.</summary>
    public bool IsWholeTiles(int pictureWidth, int pictureHeight) =>
        X % Tile == 0 && Y % Tile == 0
        && ((X + Width) % Tile == 0 || X + Width == pictureWidth)
        && ((Y + Height) % Tile == 0 || Y + Height == pictureHeight);
}
