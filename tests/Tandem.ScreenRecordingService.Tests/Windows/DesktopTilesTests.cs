using Tandem.ScreenRecordingService.Capture.Windows;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Tests.Windows;

public sealed class DesktopTilesTests
{
    /// <summary>For monitors at any place, every pixel of a change lies in exactly one part, no part leaves its monitor, and
    /// each begins on a tile's corner or spans no corner at all.</summary>
    [Fact]
    public void Parts_cover_the_change_once_and_keep_to_the_tiles()
    {
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var (x, y) = (random.Next(80), random.Next(80));
            var monitor = new WindowsRectangle { Left = x, Top = y, Right = x + 1 + random.Next(90), Bottom = y + 1 + random.Next(90) };
            var (left, top) = (random.Next(monitor.Right - x), random.Next(monitor.Bottom - y));
            var change = new WindowsRectangle
            {
                Left = left, Top = top, Right = left + 1 + random.Next(monitor.Right - x - left), Bottom = top + 1 + random.Next(monitor.Bottom - y - top),
            };
            var hits = new int[200, 200];
            foreach (var part in DesktopTiles.Cover(change, monitor))
            {
                Assert.True(part.Left >= monitor.Left && part.Right <= monitor.Right && part.Top >= monitor.Top && part.Bottom <= monitor.Bottom);
                Assert.True(part.Left % 16 == 0 || part.Left / 16 == (part.Right - 1) / 16);
                Assert.True(part.Top % 16 == 0 || part.Top / 16 == (part.Bottom - 1) / 16);
                for (var row = part.Top; row < part.Bottom; row++)
                {
                    for (var column = part.Left; column < part.Right; column++)
                        hits[row, column]++;
                }
            }
            for (var row = change.Top + y; row < change.Bottom + y; row++)
            {
                for (var column = change.Left + x; column < change.Right + x; column++)
                    Assert.Equal(1, hits[row, column]);
            }
        }
    }
}
