using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What is special on a display: a change of size, an encoder that is not there.</summary>
public sealed class CaptureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_display_that_changes_its_size_continues_in_a_new_part()
    {
        Assert.SkipUnless(Tool.Missing("xrandr") is null, "xrandr is not installed.");
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(1280, 720, Stop);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        // Xvfb's one output stays larger, and xrandr says so with an error; the screen is resized all the same.
        await RunningProcess.RunAsync("env", [$"DISPLAY={display.Name}", "xrandr", "--fb", "1024x600"], Stop);
        await Eventually.GrownAsync(folder.At("a.2.mp4"), 1_000, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.Equal(0, recorder.ExitCode);
        var (first, second) = (await Film.ReadAsync(folder.At("a.mp4"), Stop), await Film.ReadAsync(folder.At("a.2.mp4"), Stop));
        Assert.Equal((1280, 720, 1024, 600), (first.Width, first.Height, second.Width, second.Height));
    }

    [Fact]
    public async Task Without_its_encoder_it_falls_back_to_ffmpeg()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(800, 600, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start(
            new Dictionary<string, string> { ["TANDEM_SRS_ENCODER"] = "ffmpeg" }, "record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.True(recorder.ExitCode == 0, recorder.Output);
        var film = await Film.ReadAsync(folder.At("a.mp4"), Stop);
        film.AssertOnTime();
    }

    [Fact]
    public async Task The_doctor_finds_what_is_well_and_what_is_not()
    {
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        await using var well = Srs.Start("doctor", "--display", display.Name, "--port", $"{FreePorts.One()}");
        await well.WaitAsync(Stop);
        Assert.Equal(0, well.ExitCode);
        Assert.Contains("ok       display: 640x480", well.Output);
        Assert.Contains("ok       encoder: libvpx", well.Output);
        Assert.Matches(@"ok       worker: first picture \d+ ms after it was asked for, \d{3,} bytes over a Unix socket", well.Output);
        await using var ill = Srs.Start("doctor", "--display", ":3999", "--server", "http://127.0.0.1:9");
        await ill.WaitAsync(Stop);
        Assert.Equal(1, ill.ExitCode);
        Assert.Contains("PROBLEM  display: The display :3999 cannot be opened", ill.Output);
        Assert.Contains("PROBLEM  server: http://127.0.0.1:9/ cannot be reached", ill.Output);
        await using var wrong = Srs.Start("doctor", "--display", display.Name, "--port", "99999");
        await wrong.WaitAsync(Stop);
        Assert.Contains("--port must be a number from 0 to 65535.", wrong.Output);
    }

    [Fact]
    public async Task The_doctor_looks_at_the_encoder_that_is_asked_for()
    {
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        await using var well = Srs.Start("doctor", "--display", display.Name, "--port", $"{FreePorts.One()}", "--encoder", "av1", "--reduce", "2");
        await well.WaitAsync(Stop);
        Assert.Contains("ok       encoder: libaom", well.Output);
        await using var ill = Srs.Start("doctor", "--display", display.Name, "--port", $"{FreePorts.One()}", "--encoder", "ffmpeg:h264_nothing");
        await ill.WaitAsync(Stop);
        Assert.Equal(1, ill.ExitCode);
        Assert.Matches("PROBLEM  encoder: The screen is coded as VP9, and not as was asked for .*h264_nothing", ill.Output);
        Assert.Contains("mend: install what it lacks, or choose another --encoder", ill.Output);
    }
}
