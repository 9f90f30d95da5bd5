using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Monitors and windows that come, go, move and must not be seen, on a real X server.</summary>
public sealed class MonitorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_monitor_plugged_in_continues_in_a_new_part_and_nothing_is_lost()
    {
        Assert.SkipUnless(Tool.Missing("xrandr") is null, "xrandr is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(1280, 720, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 2_000, Stop);
        await SetMonitorAsync(display, "beside", "640/170x720/190+640+0");
        await Eventually.GrownAsync(folder.At("a.2.mp4"), 2_000, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal(0, recorder.ExitCode);
        var (before, after) = (await Film.ReadAsync(folder.At("a.mp4"), Stop), await Film.ReadAsync(folder.At("a.2.mp4"), Stop));
        var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var lastMs = before.Frames.Select(f => SquareClock.Read(f.Row, 512)).Last(v => v is not null);
        var firstMs = after.Frames.Select(f => SquareClock.Read(f.Row, 512)).First(v => v is not null);
        var gapMs = SquareClock.StartOf(firstMs!.Value, nowMs) - SquareClock.StartOf(lastMs!.Value, nowMs);
        Assert.InRange(gapMs, 0, 1_500); // what a busy machine needs for a new picture; alone it is one tick
    }

    [Fact]
    public async Task An_excluded_monitor_is_black_in_every_frame()
    {
        Assert.SkipUnless(Tool.Missing("xrandr", "xsetroot") is null, "xrandr or xsetroot is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        await SetMonitorAsync(display, "left", "320/80x480/120+0+0");
        await SetMonitorAsync(display, "private", "320/80x480/120+320+0");
        await PaintAsync(display, "#e02020");
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"), "--exclude", "monitor:private");
        await Eventually.GrownAsync(folder.At("a.mp4"), 500, Stop);
        foreach (var colour in (string[])["#c02020", "#ff2020", "#d02020"])
        {
            await PaintAsync(display, colour);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Stop);
        }
        await Srs.SignalAsync(recorder, "TERM");
        var film = await ColourFilm.ReadAsync(folder.At("a.mp4"), 640, 480, Stop);
        Assert.True(film.Frames.Count >= 3);
        Assert.All(film.At(160, 240), pixel => Assert.True(pixel.Red > 150));
        foreach (var (x, y) in ((int, int)[])[(322, 2), (480, 240), (637, 477)])
            Assert.All(film.At(x, y), pixel => Assert.True(pixel is { Red: < 20, Green: < 20 }));
    }

    [Fact]
    public async Task An_excluded_window_stays_black_while_it_is_moved()
    {
        Assert.SkipUnless(Tool.Missing("ffplay", "xdotool", "xsetroot") is null, "ffplay, xdotool or xsetroot is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        var environment = new Dictionary<string, string> { ["DISPLAY"] = display.Name, ["SDL_VIDEODRIVER"] = "x11" };
        await PaintAsync(display, "#20c040");
        await using var secret = RunningProcess.Start(
            "ffplay", ["-v", "error", "-f", "lavfi", "-i", "color=red:size=160x120:rate=20", "-noborder", "-window_title", "secret"], environment);
        await RunAsync(display, "xdotool", "search", "--sync", "--onlyvisible", "--name", "^secret$");
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"), "--exclude", "secret");
        await Eventually.GrownAsync(folder.At("a.mp4"), 500, Stop);
        for (var step = 0; step < 24; step++)
        {
            await RunAsync(display, "xdotool", "search", "--name", "^secret$", "windowmove", $"{step * 20}", $"{step * 14}");
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, Stop);
        }
        await Srs.SignalAsync(recorder, "TERM");
        var film = await ColourFilm.ReadAsync(folder.At("a.mp4"), 640, 480, Stop);
        Assert.All(film.Frames, frame => Assert.Equal(0, ColourFilm.RedPixels(frame)));
        Assert.True(film.At(260, 200).Distinct().Count() > 1, "The window was not seen to leave its first place.");
        Assert.True(film.At(540, 380)[^1] is { Red: < 20, Green: < 20 }, "The window was not seen to arrive.");
    }

    [Fact]
    public async Task A_reduced_picture_shows_the_whole_display()
    {
        Assert.SkipUnless(Tool.Missing("ffplay", "xdotool", "xsetroot") is null, "ffplay, xdotool or xsetroot is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(642, 482, Stop);
        var environment = new Dictionary<string, string> { ["DISPLAY"] = display.Name, ["SDL_VIDEODRIVER"] = "x11" };
        await PaintAsync(display, "#20c040");
        await using var window = RunningProcess.Start(
            "ffplay", ["-v", "error", "-f", "lavfi", "-i", "color=red:size=320x240:rate=5", "-left", "320", "-top", "240", "-noborder", "-window_title", "corner"], environment);
        await RunAsync(display, "xdotool", "search", "--sync", "--onlyvisible", "--name", "^corner$", "windowmove", "320", "240");
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"), "--reduce", "2");
        await Eventually.GrownAsync(folder.At("a.mp4"), 500, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal(0, recorder.ExitCode);
        var film = await ColourFilm.ReadAsync(folder.At("a.mp4"), 321, 241, Stop);
        bool Red(int x, int y) => film.At(x, y)[^1] is { Red: > 180, Green: < 70 };
        Assert.True(Red(170, 130) && Red(310, 230));
        Assert.False(Red(150, 130) || Red(170, 110) || Red(10, 10));
    }

    /// <summary>Xvfb has no output to name, so that every monitor is one of xrandr's own making.</summary>
    private static Task SetMonitorAsync(XvfbDisplay display, string name, string geometry) =>
        RunAsync(display, "xrandr", "--setmonitor", name, geometry, "none");

    private static Task PaintAsync(XvfbDisplay display, string colour) => RunAsync(display, "xsetroot", "-solid", colour);

    private static Task RunAsync(XvfbDisplay display, params string[] command) =>
        RunningProcess.RunAsync("env", [$"DISPLAY={display.Name}", .. command], Stop);
}
