using Tandem.Lab.Screens;
using Tandem.ScreenRecordingService.Capture;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Windows that nobody may see: not while they stand, nor in the moment in which they come, move or go.</summary>
public sealed class ExclusionTests
{
    private const string Secret = "It is My Secret page";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_window_is_black_from_the_first_picture_on()
    {
        SkipWithout("ffplay", "xsetroot");
        using var folder = new TempFolder();
        await using var display = await StartGreenAsync();
        await using var recorder = await RecordAsync(display, folder.At("a.mp4"));
        await using var secret = ShowRed(display, Secret);
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Stop);
        var film = await EndAsync(recorder, folder.At("a.mp4"));
        var pixels = film.At(300, 220);
        Assert.DoesNotContain(pixels, p => p.Red > 100);
        Assert.Equal((true, true), (pixels[^1].Red < 20, pixels[^1].Green < 20));
        Assert.Contains(film.At(20, 20), p => p.Green > 150 && p.Red < 60);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("monitor:")]
    public async Task What_names_nothing_is_refused_in_one_sentence(string excluded)
    {
        await using var recorder = Srs.Start(["record", "--display", ":3999", "--out", "x.mp4", "--exclude", excluded]);
        await recorder.WaitAsync(Stop);
        Assert.NotEqual(0, recorder.ExitCode);
        Assert.Contains($"--exclude '{excluded}' names nothing; give a text of a window's title or program", recorder.Output);
    }

    [Fact]
    public async Task A_monitor_that_is_not_there_is_told_and_the_rest_recorded()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        await using var recorder = Srs.Start(
            "record", "--display", display.Name, "--out", folder.At("a.mp4"), "--exclude", "monitor:HDMI-9", "--exclude", "monitor:screen");
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal((0, "Nothing is black for --exclude monitor:HDMI-9: the monitors here are screen."), (recorder.ExitCode, recorder.Output.Trim()));
        await using var doctor = Srs.Start("doctor", "--display", display.Name, "--port", $"{FreePorts.One()}", "--exclude", "monitor:HDMI-9");
        await doctor.WaitAsync(Stop);
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("PROBLEM  exclude: Nothing is black for --exclude monitor:HDMI-9: the monitors here are screen.", doctor.Output);
    }

    [Fact]
    public async Task A_window_that_stands_still_turns_black_with_its_title_and_is_seen_again_with_the_next()
    {
        SkipWithout("ffplay", "xsetroot", "xdotool");
        using var folder = new TempFolder();
        await using var display = await StartGreenAsync();
        await using var recorder = await RecordAsync(display, folder.At("a.mp4"));
        await using var window = ShowRed(display, "Weather");
        await SeeRedAsync(display);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await RunAsync(display, "xdotool", "search", "--name", "Weather", "set_window", "--name", Secret);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop);
        await RunAsync(display, "xdotool", "search", "--name", Secret, "set_window", "--name", "Weather");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop);
        var film = await EndAsync(recorder, folder.At("a.mp4"));
        var seen = film.At(300, 220).Select(p => p is { Red: > 200 } ? "red" : p.Green > 150 ? "green" : p is { Red: < 20, Green: < 20 } ? "black" : "else");
        // ffplay's window is black of itself before it is painted.
        Assert.Equal(["red", "black", "red"], Runs(seen).SkipWhile(colour => colour != "red"));
    }

    [Fact]
    public async Task What_a_compositor_has_not_yet_taken_off_the_screen_is_black_too()
    {
        SkipWithout("ffplay", "xsetroot", "xdotool", "xcompmgr");
        await using var display = await StartGreenAsync();
        await using var compositor = Start(display, "xcompmgr");
        await using var secret = ShowRed(display, Secret);
        await SeeRedAsync(display);
        using var capture = new X11Capture(display.Name, ["my secret"]);
        using var picture = new ScreenPicture(640, 480);
        capture.Fetch([picture], everything: true);
        Assert.Equal(("black", "green"), (At(picture), At(picture, 20, 20)));

        await RunningProcess.RunAsync("kill", ["-STOP", $"{compositor.Id}"], Stop);
        await RunAsync(display, "xdotool", "search", "--name", Secret, "windowmove", "--sync", "330", "270");
        Assert.InRange(await OnScreenAsync(display), 60, 100);
        capture.Fetch([picture], everything: true);
        Assert.Equal(("black", "green"), (At(picture), At(picture, 20, 20)));

        await RunningProcess.RunAsync("kill", ["-CONT", $"{compositor.Id}"], Stop);
        while (await OnScreenAsync(display) < 120)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        for (var turn = 0; turn < 5 && At(picture) == "black"; turn++)
            FetchWhatComes(capture, picture, 2_000);
        Assert.Equal("green", At(picture));
    }

    [Fact]
    public async Task A_compositor_that_goes_away_leaves_nothing_held_and_nothing_to_wake_for()
    {
        SkipWithout("ffplay", "xsetroot", "xdotool", "xcompmgr");
        await using var display = await StartGreenAsync();
        await using var compositor = Start(display, "xcompmgr");
        await using var secret = ShowRed(display, Secret);
        await SeeRedAsync(display);
        using var capture = new X11Capture(display.Name, ["my secret"]);
        using var picture = new ScreenPicture(640, 480);
        capture.Fetch([picture], everything: true);
        await RunAsync(display, "xdotool", "search", "--name", Secret, "windowmove", "--sync", "330", "270");
        capture.Fetch([picture], everything: true);
        await Srs.SignalAsync(compositor, "KILL");
        capture.Fetch([picture], everything: true);
        for (var turn = 0; turn < 20; turn++)
            FetchWhatComes(capture, picture, 100);
        Assert.Equal("green", At(picture));
        capture.Wait(1_500);
        Assert.False(capture.Dirty);
    }

    private static void FetchWhatComes(X11Capture capture, ScreenPicture picture, int waitMs)
    {
        capture.Wait(waitMs);
        if (capture.Dirty)
            capture.Fetch([picture], everything: false);
    }

    private static Task<int> OnScreenAsync(XvfbDisplay display) => Pixels.OfDisplayAsync(display.Name, "640x480", 180, 140, Stop);

    private static async Task SeeRedAsync(XvfbDisplay display)
    {
        while (await OnScreenAsync(display) is <= 60 or >= 100)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
    }

    private static unsafe string At(ScreenPicture picture, int x = 180, int y = 140)
    {
        picture.Convert(null);
        return picture.Luma[y * picture.PaddedWidth + x] switch { < 20 => "black", < 90 => "red", _ => "green" };
    }

    private static void SkipWithout(params string[] tools) =>
        Assert.SkipUnless(Tool.Missing(tools) is null, $"{Tool.Missing(tools)}");

    /// <summary>Each value once for as long as it stays; a picture in the middle of a change is left out.</summary>
    private static IEnumerable<string> Runs(IEnumerable<string> values)
    {
        string? last = null;
        foreach (var value in values.Where(value => value != "else"))
        {
            if (value != last)
                yield return value;
            last = value;
        }
    }

    private static async Task<XvfbDisplay> StartGreenAsync()
    {
        var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        await RunAsync(display, "xsetroot", "-solid", "#20c040");
        return display;
    }

    /// <summary>A red window of 300 by 200 at (160, 128), drawn once.</summary>
    private static RunningProcess ShowRed(XvfbDisplay display, string title) => Start(
        display, "ffplay", "-v", "error", "-f", "lavfi", "-i", "color=red:size=300x200:rate=10:d=0.2", "-left", "160", "-top", "128", "-noborder",
        "-window_title", title);

    private static RunningProcess Start(XvfbDisplay display, string program, params string[] arguments) =>
        RunningProcess.Start(program, arguments, new Dictionary<string, string> { ["DISPLAY"] = display.Name, ["SDL_VIDEODRIVER"] = "x11" });

    private static async Task RunAsync(XvfbDisplay display, string program, params string[] arguments)
    {
        await using var running = Start(display, program, arguments);
        await running.WaitAsync(Stop);
        Assert.True(running.ExitCode == 0, running.Output);
    }

    private static async Task<RunningProcess> RecordAsync(XvfbDisplay display, string file)
    {
        var recorder = Srs.Start("record", "--display", display.Name, "--out", file, "--exclude", "my secret");
        await Eventually.GrownAsync(file, 0, Stop);
        return recorder;
    }

    private static async Task<ColourFilm> EndAsync(RunningProcess recorder, string file)
    {
        await Srs.SignalAsync(recorder, "TERM");
        return await ColourFilm.ReadAsync(file, 640, 480, Stop);
    }
}
