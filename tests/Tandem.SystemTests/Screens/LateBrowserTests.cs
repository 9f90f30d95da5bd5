using Microsoft.Playwright;
using Tandem.Contracts.Media;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Screens;

/// <summary>The process in which Chromium draws its windows is stopped while the player goes from picture to picture, as a busy
/// machine holds it up: the picture that stands at last is the one that is seen.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class LateBrowserTests
{
    private static readonly MonitorGeometry Screen = new("DP-1", 0, 0, 640, 360, true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_picture_that_stands_at_last_is_seen()
    {
        Assert.SkipWhen(Tool.Missing("chromium", "ffmpeg") is not null, Tool.Missing("chromium", "ffmpeg") ?? "");
        using var folder = new TempFolder();
        var screen = new HandMadeScreen();
        await screen.AddTracksAsync(folder, 6, Stop, (Screen, 1_000));
        await using var desk = await HandMadeDesk.StartAsync(folder, Stop);
        var interaction = await desk.RecordAsync(screen, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var page = await desk.OpenAsync(browser, $"/console/#/i/{interaction}?t=2.05");
        var blank = await browser.NewPageAsync();
        await StandsAtAsync(page, "2.05");
        await page.WaitForTimeoutAsync(1_000);

        var drawing = await DrawingProcessAsync(browser);
        await RunningProcess.RunAsync("kill", ["-STOP", drawing], Stop);
        try
        {
            foreach (var seconds in (string[])["3.05", "4.05", "1.05"])
            {
                await page.EvaluateAsync("([interaction, t]) => { location.hash = `#/i/${interaction}?t=${t}`; }", new[] { interaction, seconds });
                await StandsAtAsync(page, seconds);
            }
            await page.WaitForTimeoutAsync(1_000);
        }
        finally
        {
            await RunningProcess.RunAsync("kill", ["-CONT", drawing], Stop);
        }

        IReadOnlyList<int> seen = [];
        for (var tries = 0; tries < 50 && seen is not [1_010]; tries++)
        {
            await page.WaitForTimeoutAsync(200);
            seen = await Sight.ReadAsync(blank, page.Locator(".stage-frame"), Screen.Width, Screen.Height, Screen);
        }

        Assert.Equal([1_010], seen);
    }

    private static async Task StandsAtAsync(IPage page, string seconds)
    {
        var there = $"v => v.readyState >= 2 && !v.seeking && Math.abs(v.currentTime - {seconds}) < 0.02";
        for (var tries = 0; !await page.Locator(".stage-frame video").EvaluateAsync<bool>(there); tries++)
        {
            Assert.True(tries < 100, $"waited 10 s in vain for the picture at {seconds} s");
            await page.WaitForTimeoutAsync(100);
        }
    }

    /// <returns>The id of Chromium's process that draws.</returns>
    private static async Task<string> DrawingProcessAsync(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        var processes = await session.SendAsync("SystemInfo.getProcessInfo");
        return processes!.Value.GetProperty("processInfo").EnumerateArray()
            .Single(process => process.GetProperty("type").GetString() == "GPU").GetProperty("id").GetInt32().ToString(provider: null);
    }
}
