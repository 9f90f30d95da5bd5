using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class PixelAreaTests
{
    private readonly Random random = new(5);

    /// <summary>For monitors at any place, every pixel of a change lies in exactly one part, no part leaves its monitor, and
    /// each begins on a tile's corner or spans no corner at all.</summary>
    [Fact]
    public void Widened_it_covers_a_change_once_and_keeps_to_the_tiles()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var monitor = Any(80, 90);
            var change = Within(monitor);
            var hits = new int[200, 200];
            foreach (var part in change.Widened(monitor))
            {
                Assert.True(part.X >= monitor.X && Right(part) <= Right(monitor) && part.Y >= monitor.Y && Bottom(part) <= Bottom(monitor));
                Assert.True(part.X % 16 == 0 || part.X / 16 == (Right(part) - 1) / 16);
                Assert.True(part.Y % 16 == 0 || part.Y / 16 == (Bottom(part) - 1) / 16);
                foreach (var (x, y) in PixelsOf(part))
                    hits[y, x]++;
            }
            Assert.All(PixelsOf(change), at => Assert.Equal(1, hits[at.Y, at.X]));
        }
    }

    [Fact]
    public void Reduced_it_shows_every_pixel_of_a_change()
    {
        for (var round = 0; round < 500; round++)
        {
            var change = Any(60, 60);
            foreach (var by in (int[])[1, 2, 3, 4])
            {
                var seen = change.Reduced(by);
                Assert.Equal(PixelsOf(change).Select(at => (at.X / by, at.Y / by)).Distinct(), PixelsOf(seen));
            }
        }
    }

    private PixelArea Any(int place, int size) => new(random.Next(place), random.Next(place), 1 + random.Next(size), 1 + random.Next(size));

    private PixelArea Within(PixelArea area)
    {
        var (left, top) = (random.Next(area.Width), random.Next(area.Height));
        return new PixelArea(area.X + left, area.Y + top, 1 + random.Next(area.Width - left), 1 + random.Next(area.Height - top));
    }

    private static IEnumerable<(int X, int Y)> PixelsOf(PixelArea area) =>
        from y in Enumerable.Range(area.Y, area.Height) from x in Enumerable.Range(area.X, area.Width) select (x, y);

    private static int Right(PixelArea area) => area.X + area.Width;

    private static int Bottom(PixelArea area) => area.Y + area.Height;
}
