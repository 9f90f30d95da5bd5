using System.Diagnostics;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary><c>tandem-srs record</c> on a real X server, judged by ffmpeg.</summary>
public sealed class RecordTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_shows_what_was_painted_when_it_was_painted()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(1280, 720, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Stop);
        await Srs.SignalAsync(recorder, "TERM");
        Assert.True(recorder.ExitCode == 0, $"{recorder.ExitCode}: {recorder.Output}");
        var film = await Film.ReadAsync(folder.At("a.mp4"), Stop);
        Assert.Equal((1280, 720), (film.Width, film.Height));
        Assert.True(film.Frames.Count > 12, $"{film.Frames.Count} frames");
        // The file does not say when it began; one constant must explain all frames.
        film.AssertOnTime();
        Assert.True(film.Frames[^1].TimeMs > 3_500);
    }

    [Fact]
    public async Task Killed_it_loses_at_most_the_last_second()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(800, 600, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        await Killed.LosesAtMostTheLastSecondAsync(recorder, folder.At("a.mp4"));
    }

    [Fact]
    public async Task A_still_screen_costs_one_picture_and_no_processor_time()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(1280, 720, Stop);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        using var process = Process.GetProcessById(recorder.Id);
        var before = process.TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Stop);
        process.Refresh();
        var used = (process.TotalProcessorTime - before).TotalMilliseconds;
        await Srs.SignalAsync(recorder, "INT");
        var film = await Film.ReadAsync(folder.At("a.mp4"), Stop);
        Assert.True(used <= 100, $"{used} ms");
        Assert.Equal(2, film.Frames.Count); // the picture, and the one that pins the end
        Assert.True(film.Frames[^1].TimeMs > 3_500);
    }

    [Fact]
    public async Task What_a_script_put_in_the_background_ends_by_an_interrupt_all_the_same()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        await using var recorder = Srs.StartIgnoring("INT", [], "record", "--display", display.Name, "--out", folder.At("a.mp4"));
        await Eventually.GrownAsync(folder.At("a.mp4"), 0, Stop);
        await Srs.SignalAsync(recorder, "INT");
        Assert.Equal(0, recorder.ExitCode);
        Assert.Equal(2, (await Film.ReadAsync(folder.At("a.mp4"), Stop)).Frames.Count);
    }

    [Fact]
    public async Task What_is_no_file_is_not_replaced_by_one()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        var pipe = folder.At("pipe.mp4");
        await RunningProcess.RunAsync("mkfifo", [pipe], Stop);
        await using var recorder = Srs.Start("record", "--display", display.Name, "--out", pipe);
        await recorder.WaitAsync(Stop);
        Assert.Equal((1, $"The file {pipe} cannot be written: It is a device, a pipe or a folder."), (recorder.ExitCode, recorder.Output.Trim()));
        Assert.Equal("fifo", (await RunningProcess.RunAsync("stat", ["-c", "%F", pipe], Stop)).Output.Trim());
    }

    [Theory]
    [InlineData("--display :3999 --out x.mp4", "The display :3999 cannot be opened")]
    [InlineData("--display :1 --out x.mp4 --fps 99", "--fps must be a number from 1 to 30.")]
    [InlineData("--display :1 --out ", "--out must be a path.")]
    public async Task What_cannot_be_done_is_said_in_one_sentence(string arguments, string sentence)
    {
        await using var recorder = Srs.Start(["record", .. arguments.Split(' ')]);
        await recorder.WaitAsync(Stop);
        Assert.NotEqual(0, recorder.ExitCode);
        Assert.Contains(sentence, recorder.Output);
        Assert.DoesNotContain("   at ", recorder.Output);
        Assert.False(File.Exists("x.mp4"));
    }
}
