using Microsoft.Playwright;
using Tandem.Lab.Clients;
using Tandem.Lab.Screens;
using Tandem.Lab.World;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>A supervisor watches a real screen through the real server in real Chromium; the picture says when it was
/// painted.</summary>
public sealed class LiveTests
{
    private const string Reading = """
        () => {
          const video = document.querySelector('[data-role=live] video'), canvas = new OffscreenCanvas(512, 32), ink = canvas.getContext('2d');
          if (!video || video.readyState < 2) return -1;
          ink.drawImage(video, 0, 0, 512, 32, 0, 0, 512, 32);
          let number = 0;
          for (let i = 0; i < 16; i++) number = number * 2 + (ink.getImageData(32 * i + 16, 16, 1, 1).data[0] > 127 ? 1 : 0);
          return number;
        }
        """;

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
        var late = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            await supervisor.WaitForTimeoutAsync(250);
            var value = await supervisor.EvaluateAsync<int>(Reading);
            var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            if (value >= 0)
                late.Add(nowMs - SquareClock.StartOf(value, nowMs));
        }

        // Live, not a recording: a fragment is a second, the network and a busy machine another few.
        late.Sort();
        Assert.InRange(late[late.Count / 2], 0, 6_000);
        await supervisor.CloseAsync();
        await Assertions.Expect(agent.Locator("[data-role=watched-notice]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, SimulatedWorld world, WebServicesClient who, string path)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = world.Addresses.WebUri.ToString() });
        var signedIn = await context.APIRequest.PostAsync("/api/v2/session", new() { DataObject = new { userName = who.UserName, password = who.Password } });
        Assert.True(signedIn.Ok, await signedIn.TextAsync());
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }
}
