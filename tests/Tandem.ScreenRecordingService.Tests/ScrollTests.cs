using System.Buffers.Binary;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Scrolled pages: found in the pixels, moved by a frame of our own, decoded by two decoders.</summary>
public sealed class ScrollTests
{
    private const int Width = 640;
    private const int Height = 360;
    private const int PageRows = 4_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A page of noise, so that a wrong vector or a wrong pixel cannot look right; its left quarter does not scroll.</summary>
    private readonly uint[] page = Noise(Width * PageRows);

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(7)]
    [InlineData(-13)]
    public void A_scrolled_page_is_found_with_its_distance(int up)
    {
        using var picture = new ScreenPicture(Width, Height);
        Paint(picture, 1_000);
        picture.ClearChanges();
        Paint(picture, 1_000 + up);
        Assert.Equal(-up, picture.Scrolled.Rows);
        // all of the scrolling area but the tiles that came in, and one more row of tiles where it reaches into one
        var moved = picture.Scrolled.Map.ToArray().Count(tile => tile != 0);
        Assert.InRange(moved, picture.ChangedCount * 2 / 3, picture.ChangedCount);
        Assert.All(picture.Scrolled.Map.ToArray().Zip(picture.Changed.ToArray()), tile => Assert.True(tile.First <= tile.Second));
    }

    [Fact]
    public void Nothing_is_taken_from_below_the_pointer()
    {
        using var picture = new ScreenPicture(Width, Height);
        Paint(picture, 1_000);
        picture.ClearChanges();
        Paint(picture, 1_032);
        bool Moved(int x, int y) => picture.Scrolled.Map[y / 16 * picture.Columns + x / 16] != 0;
        Assert.True(Moved(320, 160) && Moved(320, 128));
        picture.Scrolled.Exclude(322, 162, 8, 8);
        Assert.False(Moved(320, 160)); // there it is drawn
        Assert.False(Moved(320, 128)); // and there it would have been carried along
        Assert.True(Moved(336, 160) && Moved(320, 96));
    }

    [Theory]
    [InlineData("vp9")]
    [InlineData("libvpx-vp9")]
    public async Task Decoders_see_what_was_scrolled(string decoder)
    {
        using var folder = new TempFolder();
        int[] steps = [60, 60, 0, -34, 7, 7, 13, -1, 118, 60, -3, 0, 2, 200, 30, 30];
        var positions = steps.Select((_, i) => 1_000 + steps.Take(i + 1).Sum()).ToArray();
        var hidden = Encode(folder.At("a.ivf"), positions);
        Assert.True(hidden >= 12, $"{hidden} moved frames");
        var (code, said) = await RunningProcess.RunAsync(
            "ffmpeg", ["-v", "error", "-xerror", "-c:v", decoder, "-i", folder.At("a.ivf"), "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", folder.At("raw")], Stop);
        Assert.True(code == 0 && said.Length == 0, said);
        var frames = File.ReadAllBytes(folder.At("raw")).Chunk(Width * Height).ToArray();
        Assert.Equal(positions.Length, frames.Length);
        for (var i = 0; i < frames.Length; i++)
            AssertShows(frames[i], positions[i], i);
    }

    /// <summary>The page's brightness is one of two, far apart, in cells of 4×4 pixels: every cell must be on its side.</summary>
    private void AssertShows(byte[] luma, int position, int frame)
    {
        for (var y = 2; y < Height; y += 4)
        {
            for (var x = Width / 4 + 2; x < Width; x += 4)
            {
                var row = y + position;
                if ((row & 3) is 0 or 3)
                    row = (row & ~3) + 2; // beside a cell's edge
                var bright = (page[row * Width + x] & 0xFF) > 128;
                if (((y + position) & 3) is 1 or 2)
                    Assert.True(luma[y * Width + x] > 125 == bright, $"frame {frame} at {x},{y}: {luma[y * Width + x]}");
            }
        }
    }

    private int Encode(string path, int[] positions)
    {
        using var picture = new ScreenPicture(Width, Height);
        using var encoder = new Vp9Encoder(picture);
        using var file = File.Create(path);
        var header = new byte[32];
        "DKIF\0\0\x20\0VP90"u8.CopyTo(header);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(12), Width);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(14), Height);
        (header[16], header[20]) = (10, 1);
        file.Write(header);
        var hidden = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            Paint(picture, positions[i]);
            picture.Convert(null);
            var coded = encoder.Encode(picture, i * 100, key: i == 0, refine: false);
            hidden += (coded.Data.Span[^1] & 0xE0) == 0xC0 ? 1 : 0;
            picture.ClearChanges();
            var frame = new byte[12];
            BinaryPrimitives.WriteInt32LittleEndian(frame, coded.Data.Length);
            BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(4), i);
            file.Write(frame);
            file.Write(coded.Data.Span);
        }
        return hidden;
    }

    private unsafe void Paint(ScreenPicture picture, int position)
    {
        var view = new uint[Width * Height];
        for (var y = 0; y < Height; y++)
        {
            page.AsSpan(y * Width, Width / 4).CopyTo(view.AsSpan(y * Width));
            page.AsSpan((y + position) * Width + Width / 4, Width * 3 / 4).CopyTo(view.AsSpan(y * Width + Width / 4));
        }
        fixed (uint* pixels = view)
            picture.Update(new PixelArea(0, 0, Width, Height), (byte*)pixels, Width * 4, mayScroll: true);
    }

    private static uint[] Noise(int count)
    {
        var random = new Random(7);
        var cells = new uint[count / Width / 4 * (Width / 4)];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = random.Next(2) == 0 ? 0x202020u : 0xE0E0E0u;
        var pixels = new uint[count];
        for (var i = 0; i < count; i++)
            pixels[i] = cells[i / Width / 4 * (Width / 4) + i % Width / 4] + (uint)(i / Width % 4 * 3 * 0x010101); // no row like its neighbour
        return pixels;
    }
}
