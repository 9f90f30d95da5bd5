using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A recorded file in colour, decoded by ffmpeg.</summary>
/// <param name="Frames">Red, green, blue, row by row.</param>
internal sealed record ColourFilm(IReadOnlyList<byte[]> Frames, int Width)
{
    public static async Task<ColourFilm> ReadAsync(string path, int width, int height, CancellationToken stop, int track = 0)
    {
        using var folder = new TempFolder();
        var (code, said) = await RunningProcess.RunAsync(
            "ffmpeg", ["-v", "error", "-i", path, "-map", $"0:v:{track}", "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", folder.At("rgb")], stop);
        Assert.True(code == 0, said);
        var bytes = File.ReadAllBytes(folder.At("rgb"));
        Assert.True(bytes.Length > 0 && bytes.Length % (width * height * 3) == 0, $"{bytes.Length} bytes are no pictures of {width}x{height}.");
        return new ColourFilm([.. bytes.Chunk(width * height * 3)], width);
    }

    /// <summary>One pixel in every frame.</summary>
    public (int Red, int Green)[] At(int x, int y) =>
        [.. Frames.Select(frame => ((int)frame[(y * Width + x) * 3], (int)frame[(y * Width + x) * 3 + 1]))];

    /// <summary>How many pixels of a frame are plainly red.</summary>
    public static int RedPixels(byte[] frame) => frame.Chunk(3).Count(p => p[0] > 100 && p[1] < 70 && p[2] < 70);
}
