using Microsoft.Playwright;
using Tandem.Contracts.Media;
using Tandem.Lab.Machines;
using Tandem.Lab.Screens;
using Tandem.Lab.Senses;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Screens;

/// <summary>A painted screen recorded by the real recorder with each encoder, stored, served and played in a real Chromium: the
/// clock that is seen there is the one that was painted then.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class EncoderPlaybackTests
{
    private const int Width = 800, Height = 600;
    private const int FirstMs = 1_050, SecondMs = 3_050, NearMs = 60;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("h264", "420", "avc1.4D")]
    [InlineData("av1", "420", "av01.0.")]
    [InlineData("vp9", "444", "vp09.01.")]
    public async Task A_browser_shows_what_was_painted_when_it_was_painted(string encoder, string chroma, string codec)
    {
        Assert.SkipWhen(Tool.Missing("chromium", "ffmpeg") is not null, Tool.Missing("chromium", "ffmpeg") ?? "");
        using var folder = new TempFolder();
        var screen = new HandMadeScreen();
        screen.AddFile(await RecordAsync(folder, encoder, chroma));
        var recordedMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.StartsWith(codec, screen.Parts[0].Codec, StringComparison.Ordinal);
        await using var desk = await HandMadeDesk.StartAsync(folder, Stop);
        var interaction = await desk.RecordAsync(screen, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var frames = await Eye.LookAsync(folder.At("a.mp4"), Stop);
        var (first, second) = (await SeenAsync(desk, browser, interaction, FirstMs, frames), await SeenAsync(desk, browser, interaction, SecondMs, frames));
        // Both show one clock; the file began within the seconds before it ended.
        Assert.InRange(SquareClock.StartOf(second, recordedMs) - SquareClock.StartOf(first, recordedMs), SecondMs - FirstMs - 200, SecondMs - FirstMs + 200);
        Assert.InRange(recordedMs - (SquareClock.StartOf(first, recordedMs) - FirstMs), screen.LengthMs - 1_500, screen.LengthMs + 10_000);
    }

    /// <summary>What the file's own frames show, decoded by ffmpeg, at a time and as near to it as the player may stand.</summary>
    private static IEnumerable<int> ClocksAt(IReadOnlyList<SeenFrame> frames, int timeMs)
    {
        var standing = frames.Last(frame => frame.AtMs <= timeMs - NearMs);
        return frames.Where(frame => frame.AtMs >= standing.AtMs && frame.AtMs <= timeMs + NearMs && frame.Clock is not null).Select(frame => frame.Clock!.Value);
    }

    private static async Task<byte[]> RecordAsync(TempFolder folder, string encoder, string chroma)
    {
        await using var display = await XvfbDisplay.StartAsync(Width, Height, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        await using var recorder = RunningProcess.Start(
            Binaries.ScreenService, ["record", "--display", display.Name, "--out", folder.At("a.mp4"), "--encoder", encoder, "--chroma", chroma]);
        for (var tries = 0; tries < 100 && !(File.Exists(folder.At("a.mp4")) && new FileInfo(folder.At("a.mp4")).Length > 0); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, Stop);
        await RunningProcess.RunAsync("kill", ["-TERM", $"{recorder.Id}"], Stop);
        await recorder.WaitAsync(Stop);
        Assert.True(recorder is { ExitCode: 0, Output: "" }, recorder.Output);
        return await File.ReadAllBytesAsync(folder.At("a.mp4"), Stop);
    }

    /// <returns>What the clock shows when the player stands at a time, which is what the file has there.</returns>
    private static async Task<int> SeenAsync(HandMadeDesk desk, IBrowser browser, string interaction, int timeMs, IReadOnlyList<SeenFrame> frames)
    {
        int[] standing = [.. ClocksAt(frames, timeMs)];
        var page = await desk.OpenAsync(browser, FormattableString.Invariant($"/console/#/i/{interaction}?t={timeMs / 1_000.0:0.00}"));
        var blank = await browser.NewPageAsync();
        var video = page.Locator(".stage-frame video");
        await Assertions.Expect(video).ToHaveJSPropertyAsync("videoWidth", Width);
        var seen = -1;
        for (var tries = 0; tries < 50 && !standing.Contains(seen); tries++)
        {
            await page.WaitForTimeoutAsync(100);
            if (!await video.EvaluateAsync<bool>($"v => v.readyState >= 2 && !v.seeking && Math.abs(v.currentTime * 1000 - {timeMs}) < {NearMs}"))
                continue;
            await page.WaitForTimeoutAsync(200);
            seen = (await Sight.ReadAsync(blank, page.Locator(".stage-frame"), Width, Height, new MonitorGeometry("screen", 0, 0, Width, Height, true)))[0];
        }

        Assert.Contains(seen, standing);
        return seen;
    }
}
