using Microsoft.Playwright;
using Tandem.Lab.Results;
using Tandem.Lab.World;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>A desk of two monitors, each recorded as a track by the server's policy: watched live and played back on the real
/// pages in real Chromium, judged by the instants that the pictures show.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class TwoMonitorTests
{
    private const string Live = "[data-role=live] video", Recorded = "video[data-role=screen]";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_monitors_are_seen_live_and_play_back_in_step_and_each_by_itself()
    {
        Assert.SkipWhen(Tool.Missing("chromium", "xrandr") is not null, Tool.Missing("chromium", "xrandr") ?? "");
        using var folder = new TempFolder();
        await using var world = await SimulatedWorld.StartAsync(
            new WorldOptions
            {
                Agents = 1, DataFolder = folder.Path, Addresses = ServerAddresses.Free(), RecordingWhen = "userState(Ready)", TwoMonitors = true,
            },
            TimeProvider.System, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var supervisor = await OpenAsync(browser, world, "/console/#/live/a1");
        await Assertions.Expect(supervisor.Locator(Live)).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await Assertions.Expect(supervisor.Locator("[data-role=live]")).ToHaveAttributeAsync("data-state", "playing", new() { Timeout = 60_000 });
        Assert.All(await PaintedValues.LatenessAsync(supervisor, Live), late => Assert.InRange(late, 0, 6_000));
        await supervisor.CloseAsync();

        await world.Agents["a1"].Web.AgentOperationAsync("NotReady", Stop);
        var interaction = await RecordedAsync(world);
        var page = await OpenAsync(browser, world, $"/console/#/i/{interaction}");
        await Assertions.Expect(page.Locator(Recorded)).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await UntilShownAsync(page);
        await page.Keyboard.PressAsync("Space");
        await page.WaitForTimeoutAsync(1_500);
        // Both clocks are of one desk: at any moment the two pictures show the same tenth of a second, or the next.
        var apart = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            var values = await PaintedValues.ReadAsync(page, Recorded);
            apart.Add(Math.Abs(values[0] - values[1]));
            await page.WaitForTimeoutAsync(200);
        }

        apart.Sort();
        Assert.InRange(apart[apart.Count / 2], 0, 3);

        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.Locator(Recorded)).ToHaveCountAsync(1);
        Assert.EndsWith("monitor=right", await page.EvaluateAsync<string>("() => document.querySelector('video[data-role=screen]').src"), StringComparison.Ordinal);
        await UntilShownAsync(page);
        Assert.Equal(1280, await page.EvaluateAsync<int>("() => document.querySelector('video[data-role=screen]').videoWidth"));
    }

    private static async Task UntilShownAsync(IPage page)
    {
        const string ready = "(videos) => [...document.querySelectorAll(videos)].every((video) => video.readyState >= 2)";
        for (var tries = 0; !await page.EvaluateAsync<bool>(ready, Recorded); tries++)
        {
            Assert.True(tries < 300, "the pictures were not ready within 30 s");
            await page.WaitForTimeoutAsync(100);
        }
    }

    /// <returns>The interaction's id, once its screen is there whole.</returns>
    private static async Task<string> RecordedAsync(SimulatedWorld world)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (true)
        {
            var all = await InteractionReader.ReadAllAsync(world.Admin, Stop);
            if (all is [{ Screens: [{ State: "available" }] } only])
                return only.CallUuid;
            Assert.True(TimeProvider.System.GetUtcNow() < limit, world.Tails());
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
        }
    }

    private static Task<IPage> OpenAsync(IBrowser browser, SimulatedWorld world, string path) =>
        PageWorld.OpenAsync(browser, world.Addresses.WebUri, world.Admin.UserName, world.Admin.Password, path);
}
