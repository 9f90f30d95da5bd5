using System.Globalization;
using Microsoft.Playwright;
using Tandem.Lab.Results;
using Tandem.Lab.Screens;
using Tandem.Lab.World;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>A call that was really recorded, played on the real page by real Chromium: voice and screen in step, judged
/// by the clocks of both elements and by the instant that the picture itself shows.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class PlaybackTests
{
    [Fact]
    public async Task A_recorded_call_plays_in_step_with_its_screen()
    {
        Assert.SkipWhen(Tool.Missing("chromium") is not null, Tool.Missing("chromium") ?? "");
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var data = folder.At("data");
        var (_, result, said) = await SimProcess.RunAsync("simple", folder.At("out"), stop, "--data", data);
        Assert.True(result is not null, said);
        var addresses = ServerAddresses.Free();
        await using var server = await ServerProcess.StartAsync(data, addresses, "sip,mcp,web", stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var page = await OpenAsync(browser, addresses.WebUri, data, result.Interactions[0].CallUuid);

        await page.Keyboard.PressAsync("Space");
        await page.WaitForTimeoutAsync(1_500);
        var samples = await Playhead.ReadAsync(page, 12);

        JudgeClocks(Assert.Single(result.Links), samples);
        JudgePicture(result.Interactions[0].Segments[0], samples);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, Uri web, string data, string callUuid)
    {
        var page = await PageWorld.OpenAsync(browser, web, "admin", LabSecrets.AdminPassword(data), $"/console/#/i/{callUuid}");
        const string ready = "() => document.querySelector('video')?.readyState >= 2 && document.querySelector('audio')?.readyState >= 2";
        for (var tries = 0; !await page.EvaluateAsync<bool>(ready); tries++)
        {
            Assert.True(tries < 300, "the media were not ready within 30 s");
            await page.WaitForTimeoutAsync(100);
        }

        return page;
    }

    /// <summary>The median, as a shared machine may stop the browser for a moment; the end, as nothing may creep.</summary>
    private static void JudgeClocks(SimLink link, IReadOnlyList<Playhead.Sample> samples)
    {
        var ahead = (link.ScreenOffsetMs - link.SegmentOffsetMs!.Value) / 1000.0;
        var skews = samples.Select(sample => Math.Abs(sample.VideoS - ahead - sample.AudioS) * 1000).ToList();
        Assert.True(samples[^1].AudioS > samples[0].AudioS + 1, "the voice does not play");
        Assert.InRange(skews.Order().ElementAt(skews.Count / 2), 0, 40);
        Assert.InRange(skews.TakeLast(4).Min(), 0, 40);
    }

    /// <summary>The picture shows the instant that is heard: not before it, and after it by no more than a painted value
    /// stands (100 ms) and a small change waits for its picture (200 ms).</summary>
    private static void JudgePicture(SimSegment segment, IReadOnlyList<Playhead.Sample> samples)
    {
        var start = DateTimeOffset.Parse(segment.Start, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var late = samples.Select(sample =>
        {
            var heard = start + (long)(sample.AudioS * 1000);
            return heard - SquareClock.StartOf((int)Math.Round(sample.PictureS * 10), heard);
        }).Order().ToList();
        Assert.InRange(late[late.Count / 2], -40, 300);
        Assert.True(late[0] > -150, string.Join(' ', late));
    }
}
