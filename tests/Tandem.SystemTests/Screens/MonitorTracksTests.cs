using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tandem.Contracts.Media;
using Tandem.Media.Mp4;
using Tandem.SystemTests.Pages;
using Tandem.TestKit;

namespace Tandem.SystemTests.Screens;

/// <summary>A recording with a track per monitor in the real player: the picture that is seen on each tab, at a time, read off
/// the page. The second monitor is pulled out at 4 s and comes back at 8 s below the first,
/// with another mode.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class MonitorTracksTests
{
    private const int LeftZero = 1_000;
    private const int RightZero = 2_000;
    private static readonly MonitorGeometry Left = new("DP-1", 0, 0, 640, 360, true);
    private static readonly MonitorGeometry Right = new("HDMI-1", 640, 0, 512, 288, false);
    private static readonly MonitorGeometry Below = Right with { X = 0, Y = 360, Width = 520, Height = 300 };

    private const string Brightest = """
        () => {
          const canvas = new OffscreenCanvas(64, 36), ink = canvas.getContext('2d');
          ink.drawImage(document.querySelector('.stage-frame video'), 0, 0, 64, 36);
          return Math.max(...ink.getImageData(0, 0, 64, 36).data.filter((_, i) => i % 4 < 3));
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public async Task Each_tab_shows_its_monitor_and_all_of_them_stand_where_they_stood(VideoCodec codec)
    {
        Assert.SkipWhen(Tool.Missing("chromium", "ffmpeg") is not null, Tool.Missing("chromium", "ffmpeg") ?? "");
        using var folder = new TempFolder();
        var screen = new HandMadeScreen(codec);
        await screen.AddTracksAsync(folder, 4, Stop, (Left, LeftZero), (Right, RightZero));
        await screen.AddTracksAsync(folder, 4, Stop, (Left, LeftZero));
        await screen.AddTracksAsync(folder, 4, Stop, (Left, LeftZero), (Below, RightZero));
        await using var desk = await HandMadeDesk.StartAsync(folder, Stop);
        var interaction = await desk.RecordAsync(screen, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var page = await desk.OpenAsync(browser, $"/console/#/i/{interaction}?t=2.05");
        var blank = await browser.NewPageAsync();
        var frame = page.Locator(".stage-frame");

        await SettledAsync(page);
        Assert.Equal([1_020, 2_020], await Sight.ReadAsync(blank, frame, 1152, 360, Left, Right));
        await page.Keyboard.PressAsync("2");
        await SettledAsync(page);
        Assert.Equal([2_020], await Sight.ReadAsync(blank, frame, 512, 288, Right with { X = 0 }));
        Assert.Equal(["HDMI-1"], await LoadedAsync(page));

        // The link to this moment says which monitor was looked at.
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"\?t=2\.\d&monitor=2$"));
        await page.ReloadAsync();
        await SettledAsync(page);
        Assert.Equal([2_020], await Sight.ReadAsync(blank, frame, 512, 288, Right with { X = 0 }));

        await SeekAsync(page, interaction, "6.05", monitor: 2);
        await Assertions.Expect(page.Locator(".gap-card")).ToContainTextAsync("Monitor HDMI-1 was not connected");
        await Assertions.Expect(page.Locator(".gap-card")).ToContainTextAsync("0:00.0 to 0:04.0, 0:08.0 to 0:12.0");
        await Assertions.Expect(frame).ToHaveClassAsync(new Regex("is-empty"));
        // Nor does the file itself, which others may play, go on with the picture that was.
        Assert.InRange(await page.EvaluateAsync<int>(Brightest), 0, 20);
        await page.Keyboard.PressAsync("1");
        await SettledAsync(page);
        await Assertions.Expect(page.Locator(".gap-card")).ToHaveCountAsync(0);
        Assert.Equal([1_060], await Sight.ReadAsync(blank, frame, 640, 360, Left));
        await page.Keyboard.PressAsync("0");
        await SettledAsync(page);
        Assert.Equal([1_060], await Sight.ReadAsync(blank, frame, 640, 360, Left));
        Assert.Equal(["DP-1", "HDMI-1"], await LoadedAsync(page));

        await SeekAsync(page, interaction, "9.05");
        Assert.Equal([1_090, 2_090], await Sight.ReadAsync(blank, frame, 640, 660, Left, Below));
        await SeekAsync(page, interaction, "1.05");
        Assert.Equal([1_010, 2_010], await Sight.ReadAsync(blank, frame, 1152, 360, Left, Right));
    }

    [Fact]
    public async Task All_monitors_play_in_step_over_the_moment_at_which_one_is_pulled_out()
    {
        Assert.SkipWhen(Tool.Missing("chromium", "ffmpeg") is not null, Tool.Missing("chromium", "ffmpeg") ?? "");
        using var folder = new TempFolder();
        var screen = new HandMadeScreen();
        await screen.AddTracksAsync(folder, 6, Stop, (Left, LeftZero), (Right, RightZero));
        await screen.AddTracksAsync(folder, 4, Stop, (Left, LeftZero));
        await using var desk = await HandMadeDesk.StartAsync(folder, Stop);
        var interaction = await desk.RecordAsync(screen, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var page = await desk.OpenAsync(browser, $"/console/#/i/{interaction}");
        var blank = await browser.NewPageAsync();
        await SettledAsync(page);

        await page.Keyboard.PressAsync("Space");
        await page.WaitForTimeoutAsync(1_500);
        var apart = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            await page.WaitForTimeoutAsync(200);
            apart.Add(await page.EvaluateAsync<double>(
                "() => { const [a, b] = document.querySelectorAll('.stage-frame video'); return Math.abs(a.currentTime - b.currentTime) * 1000; }"));
        }

        Assert.InRange(apart.Order().ElementAt(apart.Count / 2), 0, 40);
        await page.Keyboard.PressAsync("Space");
        await SettledAsync(page);
        var seen = await Sight.ReadAsync(blank, page.Locator(".stage-frame"), 1152, 360, Left, Right);
        Assert.InRange(seen[0], 1_030, 1_059);
        Assert.InRange(seen[1] - RightZero - (seen[0] - LeftZero), -1, 1);

        await page.Keyboard.PressAsync("Space");
        await UntilAsync(page, "document.querySelector('.stage-frame video').currentTime > 6.6");
        await page.Keyboard.PressAsync("Space");
        await SettledAsync(page);
        Assert.InRange((await Sight.ReadAsync(blank, page.Locator(".stage-frame"), 640, 360, Left))[0], 1_065, 1_099);
    }

    [Fact]
    public async Task A_recording_that_changed_its_kind_and_its_monitors_places_shows_each_where_it_was()
    {
        Assert.SkipWhen(Tool.Missing("chromium", "ffmpeg") is not null, Tool.Missing("chromium", "ffmpeg") ?? "");
        using var folder = new TempFolder();
        var screen = new HandMadeScreen();
        var (rightFirst, leftSecond) = (Right with { X = 0 }, Left with { X = 512 });
        await screen.AddTracksAsync(folder, 4, Stop, (Left, LeftZero), (Right, RightZero));
        await screen.AddOnePictureAsync(folder, 4, Stop, (rightFirst, RightZero + 2_000), (leftSecond, LeftZero + 2_000));
        await using var desk = await HandMadeDesk.StartAsync(folder, Stop);
        var interaction = await desk.RecordAsync(screen, Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageWorld.LaunchAsync(playwright);
        var page = await desk.OpenAsync(browser, $"/console/#/i/{interaction}?t=2.05");
        var blank = await browser.NewPageAsync();
        var frame = page.Locator(".stage-frame");

        await SettledAsync(page);
        Assert.Equal([1_020, 2_020], await Sight.ReadAsync(blank, frame, 1152, 360, Left, Right));
        await page.Keyboard.PressAsync("2");
        await SettledAsync(page);
        Assert.Equal([2_020], await Sight.ReadAsync(blank, frame, 512, 288, rightFirst));
        await SeekAsync(page, interaction, "6.05", monitor: 2);
        Assert.Equal([4_060], await Sight.ReadAsync(blank, frame, 512, 288, rightFirst));
        await page.Keyboard.PressAsync("1");
        await SettledAsync(page);
        Assert.Equal([3_060], await Sight.ReadAsync(blank, frame, 640, 360, Left));
        await page.Keyboard.PressAsync("0");
        await SettledAsync(page);
        Assert.Equal([4_060, 3_060], await Sight.ReadAsync(blank, frame, 1152, 360, rightFirst, leftSecond));
    }

    private static async Task SeekAsync(IPage page, string interaction, string seconds, int monitor = 0)
    {
        await page.GotoAsync($"/console/#/i/{interaction}?t={seconds}&monitor={monitor}");
        await Assertions.Expect(page.Locator(".tp-now")).ToHaveTextAsync($"0:0{seconds[..3]}");
        await SettledAsync(page);
    }

    /// <summary>Every video stands where it was put and has its picture; two frames later it is painted.</summary>
    private static async Task SettledAsync(IPage page)
    {
        await UntilAsync(page, """
            document.querySelectorAll('.stage-frame video').length > 0
              && [...document.querySelectorAll('.stage-frame video')].every((video) => video.readyState >= 2 && !video.seeking)
            """);
        await page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await page.WaitForTimeoutAsync(150);
    }

    private static async Task UntilAsync(IPage page, string expression)
    {
        for (var tries = 0; !await page.EvaluateAsync<bool>($"() => Boolean({expression})"); tries++)
        {
            Assert.True(tries < 300, $"waited 30 s in vain for: {expression}");
            await page.WaitForTimeoutAsync(100);
        }
    }

    /// <summary>The monitors whose files the videos of the page play.</summary>
    private static Task<string[]> LoadedAsync(IPage page) => page.EvaluateAsync<string[]>(
        "() => [...document.querySelectorAll('.stage-frame video')].map((video) => new URL(video.src).searchParams.get('monitor'))");
}
