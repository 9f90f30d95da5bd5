using Microsoft.Playwright;
using Tandem.Lab.Clients;
using Tandem.Lab.World;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>A supervisor watches a real screen through the real server in real Chromium; the picture says when it was
/// painted.</summary>
public sealed class LiveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supervisor_sees_the_screen_while_it_is_recorded_and_the_agent_is_told()
    {
        Assert.SkipWhen(Tool.Missing("chromium") is not null, Tool.Missing("chromium") ?? "");
        using var folder = new TempFolder();
        await using var world = await SimulatedWorld.StartAsync(
            new WorldOptions { Agents = 1, DataFolder = folder.Path, Addresses = ServerAddresses.Free(), RecordingWhen = "userState(Ready)" },
            TimeProvider.System, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var agent = await OpenAsync(browser, world, world.Agents["a1"].Web, "/workspace/");
        var supervisor = await OpenAsync(browser, world, world.Admin, "/console/#/live/a1");

        await Assertions.Expect(supervisor.Locator("[data-role=live]")).ToHaveAttributeAsync("data-state", "playing", new() { Timeout = 60_000 });
        await Assertions.Expect(agent.Locator("[data-role=watched-notice]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        // Live, not a recording: a fragment is a second, the network and a busy machine another few.
        Assert.InRange(Assert.Single(await PaintedValues.LatenessAsync(supervisor, "[data-role=live] video")), 0, 6_000);
        await supervisor.CloseAsync();
        await Assertions.Expect(agent.Locator("[data-role=watched-notice]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    private static Task<IPage> OpenAsync(IBrowser browser, SimulatedWorld world, WebServicesClient who, string path) =>
        PageWorld.OpenAsync(browser, world.Addresses.WebUri, who.UserName, who.Password, path);
}
