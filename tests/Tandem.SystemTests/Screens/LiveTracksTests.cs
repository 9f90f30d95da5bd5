using System.Text.Json;
using Microsoft.Playwright;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.Media.Mp4;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Screens;

/// <summary>A PC that sends a track per monitor is watched live: each monitor's newest picture stands in its place.</summary>
public sealed class LiveTracksTests
{
    private const int LeftZero = 1_000;
    private const int RightZero = 2_000;
    private static readonly MonitorGeometry Left = new("DP-1", 0, 0, 640, 360, true);
    private static readonly MonitorGeometry Right = new("HDMI-1", 640, 72, 512, 288, false);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_monitor_is_seen_in_its_place()
    {
        Assert.SkipWhen(Tool.Missing("chromium", "ffmpeg") is not null, Tool.Missing("chromium", "ffmpeg") ?? "");
        using var folder = new TempFolder();
        var left = await NumberedPictures.MakeAsync(folder, VideoCodec.Vp9, Left.Width, Left.Height, 20, Stop, (0, LeftZero));
        var right = await NumberedPictures.MakeAsync(folder, VideoCodec.Vp9, Right.Width, Right.Height, 20, Stop, (0, RightZero));
        await using var desk = await HandMadeDesk.StartAsync(folder, Stop);
        var on = await desk.Recorder.CommandAsync(state => state.On);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var page = await desk.OpenAsync(browser, "/console/#/live/a1");
        await desk.Recorder.CommandAsync(state => state.Live);

        var writer = new FragmentedMp4Writer(left.Track, right.Track);
        var part = new LivePart(
            on.CaptureId!, 0, left.Track.CodecString, 1152, 360,
            [new LiveTrack(left.Track.CodecString, Left), new LiveTrack(right.Track.CodecString, Right)]);
        await desk.Recorder.SendLiveAsync(
            JsonSerializer.Serialize(part, ContractsJson.Default.LivePart),
            [LivePart.Init, .. writer.InitSegment(0)],
            [LivePart.Init + LivePart.TrackUnit, .. writer.InitSegment(1)],
            [LivePart.KeyFragment, .. writer.Fragment(0, HandMadeScreen.Second(left.Pictures, 0), 0)],
            [LivePart.KeyFragment + LivePart.TrackUnit, .. writer.Fragment(1, HandMadeScreen.Second(right.Pictures, 0), 0)],
            [LivePart.Fragment + LivePart.TrackUnit, .. writer.Fragment(1, HandMadeScreen.Second(right.Pictures, 1), 1_000)],
            [LivePart.Fragment, .. writer.Fragment(0, HandMadeScreen.Second(left.Pictures, 1), 1_000)]);

        await Assertions.Expect(page.Locator("[data-role=live]")).ToHaveAttributeAsync("data-state", "playing", new() { Timeout = 30_000 });
        var blank = await browser.NewPageAsync();
        IReadOnlyList<int> seen = [];
        for (var tries = 0; tries < 50 && !(seen is [>= 1_018 and <= 1_019, >= 2_018 and <= 2_019]); tries++)
        {
            await page.WaitForTimeoutAsync(200);
            seen = await Sight.ReadAsync(blank, page.Locator(".live-frame"), 1152, 360, Left, Right);
        }

        Assert.InRange(seen[0], 1_018, 1_019);
        Assert.InRange(seen[1], 2_018, 2_019);
    }
}
