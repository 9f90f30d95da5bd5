namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Which changed tiles of a <see cref="ScreenPicture"/> show, pixel by pixel, what the last coded picture had some
/// rows above or below.</summary>
internal sealed unsafe class ScrolledTiles(int columns, int rows, int height)
{
    private const int Tile = ScreenPicture.Tile;

    /// <summary>Fewer than one in this many of all tiles are coded as fast without.</summary>
    private const int MinimumShare = 16;

    private readonly byte[] moved = new byte[columns * rows];

    /// <summary>Pixels downwards, negative: upwards; 0: nothing scrolled.</summary>
    public int Rows { get; private set; }

    /// <summary>Row by row, 1 where scrolled.</summary>
    public ReadOnlySpan<byte> Map => moved;

    /// <summary>Looks at a rectangle before it is taken over; <paramref name="changed"/> are all changed tiles so far.</summary>
    /// <param name="old">The whole last picture.</param>
    /// <param name="now">The rectangle's pixels.</param>
    public void Look(PixelArea area, ReadOnlySpan<byte> changed, byte* old, int oldStride, byte* now, int nowStride)
    {
        Rows = ScrollFinder.Find(old + (long)area.Y * oldStride + area.X * 4, oldStride, now, nowStride, area.Width, area.Height);
        if (Rows == 0)
            return;
        var count = 0;
        foreach (var tile in area.Tiles())
        {
            var at = tile.Y / Tile * columns + tile.X / Tile;
            if (changed[at] == 0 || !IsMoved(tile, old, oldStride, now + area.OffsetOf(tile, nowStride), nowStride))
                continue;
            moved[at] = 1;
            count++;
        }
        if (count * MinimumShare < moved.Length)
            Clear();
    }

    /// <summary>Something else than the display's own pixels is, or was, drawn in this rectangle: no tile may be taken from it or stay moved.</summary>
    public void Exclude(int x, int y, int width, int height)
    {
        if (Rows == 0)
            return;
        Forget(x, y, width, height);
        Forget(x, y + Rows - 1, width, height + 2);
    }

    /// <summary>Clears what is scrolled in another map of the same tiles.</summary>
    public void RemoveFrom(Span<byte> map)
    {
        for (var i = 0; i < map.Length; i++)
            map[i] &= (byte)~moved[i];
    }

    public void Forget(int row, int column) => moved[row * columns + column] = 0;

    public void Clear()
    {
        if (Rows != 0)
            Array.Clear(moved);
        Rows = 0;
    }

    private void Forget(int x, int y, int width, int height)
    {
        for (var row = Math.Max(y / Tile, 0); row <= Math.Min((y + height - 1) / Tile, rows - 1); row++)
        {
            for (var column = Math.Max(x / Tile, 0); column <= Math.Min((x + width - 1) / Tile, columns - 1); column++)
                Forget(row, column);
        }
    }

    private bool IsMoved(PixelArea tile, byte* old, int oldStride, byte* now, int nowStride)
    {
        // One more row of chroma is read where the distance is odd.
        var margin = (Rows & 1) * 2;
        var top = tile.Y - Rows;
        if (top - margin < 0 || top + tile.Height + margin > height)
            return false;
        var was = old + (long)top * oldStride + tile.X * 4;
        for (var row = 0; row < tile.Height; row++, was += oldStride, now += nowStride)
        {
            if (!new ReadOnlySpan<byte>(now, tile.Width * 4).SequenceEqual(new ReadOnlySpan<byte>(was, tile.Width * 4)))
                return false;
        }
        return true;
    }
}
