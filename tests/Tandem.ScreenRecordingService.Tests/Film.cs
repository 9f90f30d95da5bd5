using System.Globalization;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A recorded file, decoded by ffmpeg.</summary>
/// <param name="Frames">Time in ms and the picture's top row of clock squares in grey.</param>
internal sealed record Film(IReadOnlyList<(long TimeMs, byte[] Row)> Frames, int Width, int Height)
{
    private const int RowWidth = SquareClock.Bits * SquareClock.SidePixels;

    /// <param name="track">Index among the file's video tracks.</param>
    public static async Task<Film> ReadAsync(string path, CancellationToken stop, int reduction = 1, int track = 0)
    {
        var (code, times) = await RunningProcess.RunAsync(
            "ffprobe", ["-v", "error", "-select_streams", $"v:{track}", "-show_entries", "frame=pts_time,width,height", "-of", "csv=p=0", path], stop);
        Assert.True(code == 0, times);
        var lines = times.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        using var folder = new TempFolder();
        var crop = $"scale=iw*{reduction}:ih*{reduction}:flags=neighbor,crop={RowWidth}:{SquareClock.SidePixels}:0:0,format=gray";
        var (decoded, errors) = await RunningProcess.RunAsync(
            "ffmpeg", ["-v", "error", "-i", path, "-map", $"0:v:{track}", "-fps_mode", "passthrough", "-vf", crop, "-f", "rawvideo", folder.At("rows")], stop);
        Assert.True(decoded == 0, errors);
        var rows = File.ReadAllBytes(folder.At("rows")).Chunk(RowWidth * SquareClock.SidePixels).ToArray();
        Assert.Equal(lines.Length, rows.Length);
        var frames = lines.Zip(rows, (line, row) => (Ms(line), row)).ToArray();
        return new Film(frames, int.Parse(lines[0][1], CultureInfo.InvariantCulture), int.Parse(lines[0][2], CultureInfo.InvariantCulture));
    }

    /// <summary>How far each frame's time is behind what its painted clock says, given when the film began; a painted
    /// value stands for 100 ms, so 0 to 100 is exact. Frames on which the clock is being painted are left out.</summary>
    public IEnumerable<long> Lateness(long startUnixMs) =>
        from frame in Frames
        let value = SquareClock.Read(frame.Row, RowWidth)
        where value is not null
        let at = startUnixMs + frame.TimeMs
        select at - SquareClock.StartOf(value.Value, at);

    /// <summary>Times and content belong together: the median frame is exact, nine of ten are nearly so, and none is
    /// early. A frame far behind is one that a busy machine painted late; a wrong axis would move them all.</summary>
    public void AssertOnTime(long startUnixMs) => AssertOnTime(startUnixMs, 0);

    /// <summary>The same of a file of which nobody noted when it began: one constant must explain all frames, that of the
    /// median one; a single one may have been painted late. It is known to a painted value.</summary>
    public void AssertOnTime()
    {
        var nowUnixMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var starts = Frames.Select(frame => (frame.TimeMs, Value: SquareClock.Read(frame.Row, RowWidth)))
            .Where(frame => frame.Value is not null)
            .Select(frame => SquareClock.StartOf(frame.Value!.Value, nowUnixMs) - frame.TimeMs).Order().ToArray();
        AssertOnTime(starts[starts.Length / 2], SquareClock.TickMs);
    }

    private void AssertOnTime(long startUnixMs, int earlyMs)
    {
        var lateness = Lateness(startUnixMs).Order().ToArray();
        var said = string.Join(' ', lateness);
        Assert.True(lateness.Length > 3, said);
        Assert.True(lateness[0] >= -30 - earlyMs, said);
        Assert.True(lateness[lateness.Length / 2] <= 150, said);
        Assert.True(lateness[lateness.Length * 9 / 10] <= 400, said);
    }

    private static long Ms(string[] line) => (long)Math.Round(double.Parse(line[0], CultureInfo.InvariantCulture) * 1000);
}
