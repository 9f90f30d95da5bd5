using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A rectangle in units of 16×16 tiles.</summary>
internal readonly record struct TileRectangle(int Column, int Row, int Columns, int Rows)
{
    /// <summary>Above this many requests to the server, one for the whole box is cheaper.</summary>
    private const int MaximumRequests = 24;

    /// <summary>Snaps damage to tiles and visits rectangles that cover it.</summary>
    public static void Cover(ReadOnlySpan<XRectangle> damage, ScreenPicture picture, Action<ScreenPicture, TileRectangle> visit)
    {
        var snapped = new List<TileRectangle>(damage.Length);
        foreach (var rectangle in damage)
        {
            if (Snap(rectangle, picture) is { } tiles && !snapped.Contains(tiles))
                snapped.Add(tiles);
        }
        if (snapped.Count > MaximumRequests)
            snapped = [snapped.Aggregate(Union)];
        // The largest first: a scrolled page is looked for while nothing else has been taken over.
        snapped.Sort((a, b) => (b.Columns * b.Rows).CompareTo(a.Columns * a.Rows));
        foreach (var tiles in snapped)
            visit(picture, tiles);
    }

    private static TileRectangle? Snap(XRectangle rectangle, ScreenPicture picture)
    {
        var seen = new PixelArea(rectangle.X - picture.Left, rectangle.Y - picture.Top, rectangle.Width, rectangle.Height).Reduced(picture.Reduction);
        var (left, top) = (Math.Max(seen.X, 0), Math.Max(seen.Y, 0));
        var (right, bottom) = (Math.Min(seen.X + seen.Width, picture.Width), Math.Min(seen.Y + seen.Height, picture.Height));
        if (right <= left || bottom <= top)
            return null;
        const int size = ScreenPicture.Tile;
        return new TileRectangle(left / size, top / size, (right - 1) / size - left / size + 1, (bottom - 1) / size - top / size + 1);
    }

    private static TileRectangle Union(TileRectangle a, TileRectangle b)
    {
        var (column, row) = (Math.Min(a.Column, b.Column), Math.Min(a.Row, b.Row));
        return new TileRectangle(
            column, row, Math.Max(a.Column + a.Columns, b.Column + b.Columns) - column, Math.Max(a.Row + a.Rows, b.Row + b.Rows) - row);
    }
}
