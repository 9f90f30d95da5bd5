using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Two monitors side by side on a real X server, each recorded as a track of its own.</summary>
public sealed class TrackPerMonitorTests
{
    private const int Width = 640, Height = 480;
    private const string Shown = "#20c040";
    private const string Secret = "#d010c8";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_monitor_is_a_track_and_one_on_which_nothing_happens_gets_no_pictures()
    {
        Assert.SkipUnless(Tool.Missing("xrandr", "xsetroot", "xdotool") is null, "xrandr, xsetroot or xdotool is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(2 * Width, Height, Stop);
        await display.SplitAsync(Width, Height, Stop);
        await RunAsync(display, "xsetroot", "-solid", Shown);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System, left: Width);
        await RunAsync(display, "xdotool", "mousemove", $"{Width + 300}", "200");
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"), "--track-per-monitor");
        await Eventually.GrownAsync(folder.At("a.mp4"), 2_000, Stop);
        for (var step = 0; step < 10; step++)
        {
            await RunAsync(display, "xdotool", "mousemove_relative", "10", "0");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
        }
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal(0, recorder.ExitCode);

        var still = await ColourFilm.ReadAsync(folder.At("a.mp4"), Width, Height, Stop, track: 0);
        Assert.Equal(2, still.Frames.Count); // the first, and one that pins the end
        foreach (var (x, y) in ((int, int)[])[(2, 2), (Width / 2, Height / 2), (Width - 2, Height - 2)])
            Assert.All(still.At(x, y), pixel => Assert.True(pixel is { Red: < 60, Green: > 170 }, $"{pixel}"));
        (await Film.ReadAsync(folder.At("a.mp4"), Stop, track: 1)).AssertOnTime();
        var (_, names) = await RunningProcess.RunAsync(
            "ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "stream_tags=handler_name", "-of", "csv=p=0", folder.At("a.mp4")], Stop);
        Assert.Equal(["left", "right"], names.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_change_of_one_monitor_is_shown_by_its_track_alone_and_the_pointer_by_the_one_it_is_on()
    {
        Assert.SkipUnless(Tool.Missing("xrandr", "xsetroot", "xdotool") is null, "xrandr, xsetroot or xdotool is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(2 * Width, Height, Stop);
        await display.SplitAsync(Width, Height, Stop);
        await RunAsync(display, "xsetroot", "-solid", "#000000");
        await RunAsync(display, "xsetroot", "-cursor_name", "gumby", "-fg", "#ff0000", "-bg", "#ff0000");
        await RunAsync(display, "xdotool", "mousemove", "100", "100");
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"), "--track-per-monitor", "--reduce", "2");
        await Eventually.GrownAsync(folder.At("a.mp4"), 1_500, Stop);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Stop);
        await RunAsync(display, "xdotool", "mousemove_relative", $"{Width + 100}", "200");
        await Task.Delay(TimeSpan.FromMilliseconds(1_500), TimeProvider.System, Stop);
        await Srs.SignalAsync(recorder, "TERM");

        var left = await ColourFilm.ReadAsync(folder.At("a.mp4"), Width / 2, Height / 2, Stop, track: 0);
        var right = await ColourFilm.ReadAsync(folder.At("a.mp4"), Width / 2, Height / 2, Stop, track: 1);
        AssertPointer(left.Frames[0], (50, 50));
        AssertPointer(left.Frames[^1], null);
        AssertPointer(right.Frames[0], null);
        AssertPointer(right.Frames[^1], (100, 150));
    }

    [Fact]
    public async Task A_pause_blanks_every_track_and_the_report_names_the_monitors()
    {
        Assert.SkipUnless(Tool.Missing("xrandr", "xsetroot") is null, "xrandr or xsetroot is not installed.");
        await using var desk = new Desk();
        await desk.BeginAsync(paint: false, more: ["--track-per-monitor"]);
        await desk.Display.SplitAsync(512, 600, Stop);
        await RunAsync(desk.Display, "xsetroot", "-solid", Shown);
        var token = await desk.PairAsync();
        var captureId = await desk.CaptureAsync();
        using (await desk.SendAsync(HttpMethod.Post, "/tandem/pause", "{}", headers: [token]))
        {
        }

        await RunAsync(desk.Display, "xsetroot", "-solid", Secret);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Stop);
        await RunAsync(desk.Display, "xsetroot", "-solid", Shown);
        using (await desk.SendAsync(HttpMethod.Post, "/tandem/resume", "{}", headers: [token]))
        {
        }

        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Stop);
        var report = await desk.EndAsync(captureId);
        var part = Assert.Single(report.Parts);
        Assert.True(part.TrackPerMonitor);
        Assert.Equal((1024, 600), (part.Width, part.Height));
        Assert.Equal([("left", 0, 512), ("right", 512, 512)], part.Monitors!.Select(m => (m.Name, m.X, m.Width)));
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.At("a.mp4"), await desk.Rws.MediaAsync(part.StreamId, Stop), Stop);
        foreach (var track in (int[])[0, 1])
        {
            var seen = (await ColourFilm.ReadAsync(folder.At("a.mp4"), 512, 600, Stop, track)).At(500, 590);
            Assert.DoesNotContain(seen, p => p.Red > 60 && p.Green < 60);
            Assert.Contains(seen, p => p.Green < 20);
            Assert.True(seen[0].Green > 170 && seen[^1].Green > 170, string.Join(' ', seen));
        }
    }

    [Fact]
    public async Task A_monitor_that_goes_ends_its_track_with_the_part()
    {
        Assert.SkipUnless(Tool.Missing("xrandr") is null, "xrandr is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(2 * Width, Height, Stop);
        await display.SplitAsync(Width, Height, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"), "--track-per-monitor");
        await Eventually.GrownAsync(folder.At("a.mp4"), 20_000, Stop);
        await RunAsync(display, "xrandr", "--delmonitor", "right");
        await Eventually.GrownAsync(folder.At("a.2.mp4"), 20_000, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal((2, 1), (await TracksAsync(folder.At("a.mp4")), await TracksAsync(folder.At("a.2.mp4"))));
        (await Film.ReadAsync(folder.At("a.mp4"), Stop)).AssertOnTime();
        var after = await Film.ReadAsync(folder.At("a.2.mp4"), Stop);
        after.AssertOnTime();
        Assert.Equal((Width, Height), (after.Width, after.Height));
    }

    /// <param name="at">Where the red pointer is, within a few pixels; null: it is not there.</param>
    private static void AssertPointer(byte[] frame, (int X, int Y)? at)
    {
        var red = Enumerable.Range(0, frame.Length / 3).Where(i => frame[i * 3] > 60 && frame[i * 3 + 1] < 40)
            .Select(i => (X: i % (Width / 2), Y: i / (Width / 2))).ToArray();
        Assert.Equal(at is not null, red.Length > 0);
        if (at is { } place)
        {
            Assert.InRange(red.Average(p => p.X), place.X - 6, place.X + 6);
            Assert.InRange(red.Average(p => p.Y), place.Y - 6, place.Y + 6);
        }
    }

    private static async Task<int> TracksAsync(string path) =>
        (await RunningProcess.RunAsync("ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "stream=index", "-of", "csv=p=0", path], Stop))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static async Task RunAsync(XvfbDisplay display, params string[] command)
    {
        var (code, said) = await RunningProcess.RunAsync("env", [$"DISPLAY={display.Name}", .. command], Stop);
        Assert.True(code == 0, said);
    }
}
