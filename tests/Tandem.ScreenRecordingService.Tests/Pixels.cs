using System.Globalization;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>One point's brightness, read by ffmpeg.</summary>
internal static class Pixels
{
    /// <summary>In every frame of a file.</summary>
    public static Task<int[]> OfFileAsync(string path, int x, int y, CancellationToken stop) => ReadAsync(["-i", path], x, y, stop);

    /// <summary>On an X display now.</summary>
    public static async Task<int> OfDisplayAsync(string display, string size, int x, int y, CancellationToken stop) =>
        (await ReadAsync(["-f", "x11grab", "-video_size", size, "-i", display, "-frames:v", "1"], x, y, stop))[0];

    private static async Task<int[]> ReadAsync(string[] input, int x, int y, CancellationToken stop)
    {
        using var folder = new TempFolder();
        var filter = string.Create(CultureInfo.InvariantCulture, $"crop=2:2:{x}:{y},format=gray");
        var (code, said) = await RunningProcess.RunAsync(
            "ffmpeg", ["-v", "error", .. input, "-fps_mode", "passthrough", "-vf", filter, "-f", "rawvideo", folder.At("pixels")], stop);
        Assert.True(code == 0, said);
        return [.. File.ReadAllBytes(folder.At("pixels")).Chunk(4).Select(four => (int)four[0])];
    }
}
