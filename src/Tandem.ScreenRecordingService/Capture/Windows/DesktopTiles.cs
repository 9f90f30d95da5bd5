using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>Changes on a monitor as rectangles that <see cref="ScreenPicture.Update"/> takes: a monitor beside another need
/// not begin on a tile of the picture that holds both.</summary>
internal static class DesktopTiles
{
    private const int Tile = ScreenPicture.Tile;

    /// <param name="change">In the monitor's pixels.</param>
    /// <param name="monitor">In the picture's pixels.</param>
    /// <returns>In the picture's pixels, within the monitor; none crosses a tile's corner that it does not begin on.</returns>
    public static IEnumerable<WindowsRectangle> Cover(WindowsRectangle change, WindowsRectangle monitor)
    {
        foreach (var (top, bottom) in Spans(change.Top + monitor.Top, change.Bottom + monitor.Top, monitor.Top, monitor.Bottom))
        {
            foreach (var (left, right) in Spans(change.Left + monitor.Left, change.Right + monitor.Left, monitor.Left, monitor.Right))
                yield return new WindowsRectangle { Left = left, Top = top, Right = right, Bottom = bottom };
        }
    }

    private static IEnumerable<(int From, int Until)> Spans(int from, int until, int low, int high)
    {
        from = Math.Max(from / Tile * Tile, low);
        until = Math.Min((until + Tile - 1) / Tile * Tile, high);
        if (from >= until)
            yield break;
        var corner = Math.Min((from + Tile - 1) / Tile * Tile, until);
        if (from < corner)
            yield return (from, corner);
        if (corner < until)
            yield return (corner, until);
    }
}
