using Microsoft.Playwright;

namespace Tandem.SystemTests.Pages;

/// <summary>The playback page over the stand-in server's two-step transfer: voice s1 0-44 s and s2 44-70 s; the screen of
/// Ada begins 0.12 s after s1, that of Grace at 26 s and goes on through after-call work to 78 s.</summary>
[Collection(PageTestGroup.Name)]
public sealed class PlayerTests(PageWorld world)
{
    private const string Transfer = "/console/#/i/0A1B2C3D4E5F60718293A4B5C6D7E8F9";
    private const double ScreenAfterVoiceS = 0.12;
    private const string Ready = "document.querySelector('video')?.readyState >= 2 && document.querySelector('audio').readyState >= 2";

    [Fact]
    public async Task Picture_and_voice_play_in_step()
    {
        await using var page = await world.OpenAsync(Transfer, "admin");
        await page.UntilAsync(Ready);
        await page.Page.Keyboard.PressAsync("Space");
        await page.UntilAsync("document.querySelector('audio').currentTime > 2.5");

        var samples = await Playhead.ReadAsync(page, 24);

        // The median, as a shared machine may stop the browser for a moment; the end, as nothing may creep.
        var skews = samples.Select(sample => Math.Abs(sample.VideoS + ScreenAfterVoiceS - sample.AudioS) * 1000).ToList();
        Assert.InRange(skews.Order().ElementAt(skews.Count / 2), 0, 40);
        Assert.InRange(skews.TakeLast(4).Min(), 0, 40);
        // And by content: the picture changes ten times a second, so it shows the last whole tenth.
        var shown = samples.Select(sample => (sample.AudioS - ScreenAfterVoiceS - sample.PictureS) * 1000).Order().ElementAt(samples.Count / 2);
        Assert.InRange(shown, -40, 140);
        Assert.InRange(await page.NumberAsync("Math.abs(parseFloat(document.querySelector('[data-role=skew]').textContent))"), 0, 40);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task At_double_speed_they_stay_in_step_and_the_pitch_is_kept()
    {
        await using var page = await world.OpenAsync(Transfer, "admin");
        await page.UntilAsync(Ready);
        await page.Find("select[aria-label=Speed]").SelectOptionAsync("2");
        await page.Find("button.play").ClickAsync();
        await page.UntilAsync("document.querySelector('audio').currentTime > 5");

        var samples = await Playhead.ReadAsync(page, 16);

        var skews = samples.Select(sample => Math.Abs(sample.VideoS + ScreenAfterVoiceS - sample.AudioS) * 1000 / 2).Order().ToList();
        Assert.InRange(skews[skews.Count / 2], 0, 40);
        Assert.True(await page.Page.EvaluateAsync<bool>("() => { const a = document.querySelector('audio'); return a.playbackRate === 2 && a.preservesPitch; }"));
    }

    [Fact]
    public async Task A_transfer_plays_on_with_the_next_segment_and_its_agents_screen()
    {
        await using var page = await world.OpenAsync(Transfer + "?t=43", "admin");
        await page.UntilAsync(Ready);
        await Assertions.Expect(page.Find(".tp-now")).ToHaveTextAsync("0:43.0");
        await page.Page.Keyboard.PressAsync("k");

        await page.UntilAsync("document.querySelector('audio').src.endsWith('/s2.wav') && document.querySelector('audio').currentTime > 1");
        await page.UntilAsync("document.querySelector('video').src.endsWith('/a2.mp4') && document.querySelector('video').readyState >= 2");
        await page.Page.WaitForTimeoutAsync(3000);

        // Grace's screen began at 26 s, her voice segment at 44 s.
        var samples = await Playhead.ReadAsync(page, 8);
        var skews = samples.Select(sample => Math.Abs(sample.VideoS - 18 - sample.AudioS) * 1000).Order().ToList();
        Assert.InRange(skews[skews.Count / 2], 0, 40);
    }

    [Fact]
    public async Task After_the_call_the_picture_carries_the_clock_through_after_call_work_to_the_end()
    {
        await using var page = await world.OpenAsync(Transfer + "?t=69", "admin");
        await page.UntilAsync(Ready);
        await page.Page.Keyboard.PressAsync("Space");

        await page.UntilAsync("parseFloat(document.querySelector('[role=slider]').getAttribute('aria-valuenow')) >= 73");
        var sample = await Playhead.ReadAsync(page);
        Assert.InRange(sample.PictureS, 46.5, 52);
        await Assertions.Expect(page.Find("button.play")).ToHaveAttributeAsync("aria-label", "Play", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Find(".tp-now")).ToHaveTextAsync("1:18.0");
    }

    [Fact]
    public async Task Paused_the_picture_stands_exactly_where_it_was_sought()
    {
        await using var page = await world.OpenAsync(Transfer, "admin");
        await page.UntilAsync(Ready);
        foreach (var key in new[] { "l", "ArrowRight", "Shift+ArrowLeft", "." })
        {
            await page.Page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Find(".tp-now")).ToHaveTextAsync("0:14.1");
        await page.UntilAsync("!document.querySelector('video').seeking && !document.querySelector('audio').seeking");
        var sample = await Playhead.ReadAsync(page);
        Assert.Equal(14.1, sample.AudioS, 2);
        Assert.Equal(13.9, sample.PictureS, 1);
    }

    [Fact]
    public async Task Muting_a_channel_goes_on_playing_in_step()
    {
        await using var page = await world.OpenAsync(Transfer, "admin");
        await page.UntilAsync(Ready);
        await page.Page.Keyboard.PressAsync("Space");
        await page.Find("button[aria-label='Mute Other side']").ClickAsync();
        await page.UntilAsync("document.querySelector('audio').currentTime > 4");

        await Assertions.Expect(page.Find("button[aria-label='Mute Other side']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.InRange(await page.NumberAsync("Math.abs(parseFloat(document.querySelector('[data-role=skew]').textContent))"), 0, 60);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_pause_is_told_over_the_picture_and_in_the_table()
    {
        await using var page = await world.OpenAsync(Transfer + "?t=17", "admin");

        await Assertions.Expect(page.Find(".gap-card")).ToContainTextAsync("Ada Lovelace");
        await Assertions.Expect(page.Find(".details tr", "Paused by Ada Lovelace").First).ToBeVisibleAsync();
        await page.Find(".details tr", "transfer completed").Locator("button").ClickAsync();
        await Assertions.Expect(page.Find(".tp-now")).ToHaveTextAsync("0:44.0");
        await Assertions.Expect(page.Find(".gap-card")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_missing_screen_is_told_with_its_reason_and_the_voice_plays()
    {
        await using var page = await world.OpenAsync("/console/#/i/" + new string('7', 32), "admin");

        await Assertions.Expect(page.Find(".gap-card")).ToContainTextAsync("no screen recorder was signed in for Grace Hopper");
        await Assertions.Expect(page.Find(".ph-share.is-bad")).ToContainTextAsync("0 %");
        await page.Page.Keyboard.PressAsync("Space");
        await page.UntilAsync("document.querySelector('audio').currentTime > 1");
    }

    [Fact]
    public async Task Without_a_call_the_picture_plays_alone()
    {
        await using var page = await world.OpenAsync("/console/#/i/6f1c2a34-8d1f-4d5a-9f0e-0c5a1b2c3d4e", "admin");
        await page.UntilAsync("document.querySelector('video')?.readyState >= 2");
        await page.Page.Keyboard.PressAsync("Space");

        await page.UntilAsync("document.querySelector('video').currentTime > 1.5");
        Assert.Equal(0, await page.Find(".tl-wave").CountAsync());
    }

    [Fact]
    public async Task The_timeline_can_be_worked_by_keyboard_and_says_the_time()
    {
        await using var page = await world.OpenAsync(Transfer, "admin");
        await page.UntilAsync(Ready);
        var slider = page.Find("[role=slider]");
        await slider.FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuenow", "78");
        await page.Page.Keyboard.PressAsync("Home");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuetext", "5 seconds, Ada Lovelace · 7001");
        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Find("dialog[open]")).ToContainTextAsync("Play or pause");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Find("dialog[open]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_chosen_agent_or_monitor_is_what_is_shown()
    {
        await using var page = await world.OpenAsync(Transfer + "?t=30", "admin");
        await page.UntilAsync(Ready);
        await page.Find(".stage-tabs button", "Grace Hopper").ClickAsync();
        await page.UntilAsync("document.querySelector('video').src.endsWith('/a2.mp4')");
        await page.Find(".stage-tabs button", "Ada Lovelace").ClickAsync();
        await page.Page.Keyboard.PressAsync("2");

        await Assertions.Expect(page.Find("button[title='DP-2 (2)']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal("-100%", await page.Page.EvaluateAsync<string>("() => document.querySelector('video').style.left"));
    }
}
