using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests.Windows;

/// <summary>Capture and encoding of the Windows program under wine: GDI, vpx.dll, our MP4. What wine lacks is said by the
/// program itself, and listed in README.md.</summary>
public sealed class WindowsRecordTests(WindowsProgram windows) : IClassFixture<WindowsProgram>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData()]
    [InlineData("--track-per-monitor")]
    public async Task The_file_shows_what_was_painted_when_it_was_painted(params string[] more)
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        await using var painted = PaintedScreen.Start(windows.Display.Name, "agent 1", TimeProvider.System);
        await using var recorder = await RecordAsync(folder, more);
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Stop);
        await Srs.SignalAsync(recorder, "INT");
        Assert.True(recorder.ExitCode == 0, recorder.Output);
        var film = await Film.ReadAsync(folder.At("a.mp4"), Stop);
        Assert.Equal((1280, 720), (film.Width, film.Height));
        Assert.True(film.Frames.Count > 12, $"{film.Frames.Count} frames");
        // The file does not say when it began; one constant must explain all frames.
        film.AssertOnTime();
        Assert.True(film.Frames[^1].TimeMs > 3_000);
        // wine makes a Direct3D device and finds the monitor, but duplicates nothing.
        Assert.Contains("by GDI and compared, which costs more processor time (Desktop Duplication cannot be used: DuplicateOutput answered E_NOTIMPL)", recorder.Output);
    }

    [Fact]
    public async Task Killed_it_loses_at_most_the_last_second()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        await using var painted = PaintedScreen.Start(windows.Display.Name, "agent 1", TimeProvider.System);
        await using var recorder = await RecordAsync(folder);
        await Killed.LosesAtMostTheLastSecondAsync(recorder, folder.At("a.mp4"));
    }

    [Fact]
    public async Task A_reduced_picture_shows_the_whole_screen()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        await using var recorder = await RecordAsync(folder, "--reduce", "2");
        await ShowAsync();
        await Srs.SignalAsync(recorder, "INT");
        var film = await ColourFilm.ReadAsync(folder.At("a.mp4"), 640, 360, Stop);
        // The editor's white page lies at the same place, at half the distance.
        Assert.Contains(film.At(150, 150), pixel => pixel.Green > 200);
        Assert.All(film.At(635, 355), pixel => Assert.True(pixel.Green < 40));
    }

    [Fact]
    public async Task An_excluded_window_is_black_though_it_shows()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.At("secret.txt"), "", Stop);
        await using var recorder = await RecordAsync(folder, "--exclude", "Secret.TXT");
        await ShowAsync();
        await ShowAsync(WindowsProgram.PathOf(folder.At("secret.txt")));
        await Srs.SignalAsync(recorder, "INT");
        var seen = await Pixels.OfFileAsync(folder.At("a.mp4"), 300, 300, Stop);
        Assert.Contains(seen, brightness => brightness > 200);
        Assert.True(seen[^1] < 40, string.Join(' ', seen));
    }

    [Fact]
    public async Task An_excluded_monitor_is_black()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        await using var painted = PaintedScreen.Start(windows.Display.Name, "agent 1", TimeProvider.System);
        await using var recorder = await RecordAsync(folder, "--exclude", "monitor:DISPLAY1");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        Assert.True(await Pixels.OfDisplayAsync(windows.Display.Name, "1280x720", 1200, 700, Stop) > 200);
        await Srs.SignalAsync(recorder, "INT");
        Assert.All(await Pixels.OfFileAsync(folder.At("a.mp4"), 1200, 700, Stop), brightness => Assert.True(brightness < 40));
    }

    [Fact]
    public async Task The_doctor_finds_screen_and_encoder()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        await using var doctor = windows.Start("doctor", "--port", $"{FreePorts.One()}");
        await doctor.WaitAsync(Stop);
        Assert.Contains("ok       display: 1280x720, monitors: DISPLAY1 1280x720+0+0", doctor.Output);
        Assert.Contains("ok       encoder: libvpx", doctor.Output);
    }

    /// <summary>An editor's white window is up for a second, as the X server itself bears witness.</summary>
    private async Task ShowAsync(params string[] file)
    {
        await using var editor = windows.StartWine(["notepad.exe", .. file]);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await Pixels.OfDisplayAsync(windows.Display.Name, "1280x720", 300, 300, patience.Token) < 200)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        // wine starts it as a process of its own, which only wine knows.
        await using var end = windows.StartWine("taskkill.exe", "/f", "/im", "notepad.exe");
        await end.WaitAsync(Stop);
    }

    private async Task<RunningProcess> RecordAsync(TempFolder folder, params string[] more)
    {
        var recorder = windows.Start(["record", "--out", WindowsProgram.PathOf(folder.At("a.mp4")), .. more]);
        await Eventually.HoldsAsync(() => recorder.HasExited || File.Exists(folder.At("a.mp4")) && new FileInfo(folder.At("a.mp4")).Length > 0, Stop);
        return recorder;
    }
}
