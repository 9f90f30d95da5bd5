using Microsoft.Playwright;

namespace Tandem.SystemTests.Pages;

[Collection(PageTestGroup.Name)]
public sealed class WorkspaceTests(PageWorld world)
{
    private const string Notice = "[data-role=recording-notice]";
    private static readonly object Ringing = new
    {
        id = "0123456789abcdef", callUuid = "U", state = "Ringing", callType = "Inbound", otherDn = "5550001", recordingState = "Off", startTime = "2026-11-22T12:00:00.000Z",
    };

    private string Path => $"/workspace/?srs={world.SrsPort}";

    [Fact]
    public async Task Starting_a_session_makes_the_agent_ready_and_introduces_him_to_the_recorder_of_this_pc()
    {
        await using var page = await OpenAsync();
        await page.Find("[data-role=start-session]").ClickAsync();

        await Assertions.Expect(page.Find("[data-role=agent-state]")).ToHaveTextAsync("Ready");
        await Assertions.Expect(page.Find("[data-role=pairing]")).ToHaveAttributeAsync("data-state", "paired");
        var log = await page.LogAsync();
        Assert.Equal("pair-me", log.Last(entry => entry.Path == "srs:/tandem/pair").Body.GetProperty("token").GetString());
        Assert.Equal("StartContactCenterSession", log.Last(entry => entry.Path == "/api/v2/me").Body.GetProperty("operationName").GetString());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_window_opened_with_a_code_introduces_itself_by_it_and_takes_it_out_of_the_address()
    {
        await using var page = await world.OpenAsync($"{Path}#pair=only-once", "ada");
        await Assertions.Expect(page.Find("[data-role=pairing]")).ToHaveAttributeAsync("data-state", "paired");
        Assert.DoesNotContain("only-once", page.Page.Url, StringComparison.Ordinal);
        var asked = (await page.LogAsync()).Last(entry => entry.Path == "srs:/tandem/pair").Body;
        Assert.Equal(("pair-me", "only-once"), (asked.GetProperty("token").GetString(), asked.GetProperty("code").GetString()));
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Find("[data-role=pairing]")).ToBeVisibleAsync();
        Assert.Single(await page.LogAsync(), entry => entry.Path == "srs:/tandem/pair" && entry.Body.TryGetProperty("code", out _));
    }

    [Fact]
    public async Task The_notice_is_there_exactly_while_the_server_says_so()
    {
        await using var page = await OpenAsync();
        foreach (var (state, count) in new[] { ("off", 0), ("recording", 1), ("paused", 0), ("recording", 1), ("off", 0), ("unavailable", 0) })
        {
            await page.TellAsync(new { screen = new { state } });
            await Assertions.Expect(page.Find(Notice)).ToHaveCountAsync(count);
        }

        await page.TellAsync(new { screen = new { state = "recording" } });
        await Assertions.Expect(page.Find(Notice)).ToContainTextAsync("Your screen is being recorded");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Find(Notice)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_call_is_answered_paused_held_and_ended_from_the_page()
    {
        await using var page = await OpenAsync();
        await page.TellAsync(new { agentState = "Ready", calls = new[] { Ringing } });
        await Assertions.Expect(page.Find("[data-role=call-state]")).ToHaveTextAsync("Incoming call");
        await Assertions.Expect(page.Find("[data-role=other-party]")).ToHaveTextAsync("5550001");
        foreach (var operation in new[] { "Answer", "PauseCallRecording", "ResumeCallRecording", "Hold", "Retrieve", "Hangup" })
        {
            await page.Find($"[data-operation={operation}]").ClickAsync();
        }

        await Assertions.Expect(page.Find("tdm-call-card")).ToHaveCountAsync(0);
        var asked = (await page.LogAsync()).Where(entry => entry.Path == "/api/v2/me/calls/0123456789abcdef").TakeLast(6);
        Assert.Equal(["Answer", "PauseCallRecording", "ResumeCallRecording", "Hold", "Retrieve", "Hangup"], asked.Select(entry => entry.Body.GetProperty("operationName").GetString()));
    }

    [Fact]
    public async Task A_transfer_asks_where_to_and_a_refusal_is_told()
    {
        await using var page = await OpenAsync();
        await page.TellAsync(new { agentState = "Ready", calls = new[] { Ringing } });
        await page.Find("[data-operation=Answer]").ClickAsync();
        await page.Find("[data-operation=SingleStepTransfer]").ClickAsync();
        await page.Find("[name=destination]").FillAsync("0");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Find(".call [role=alert]")).ToHaveTextAsync("Transfer: Nobody is at DN 0.");
        await page.Find("[name=destination]").FillAsync("7002");
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Find("tdm-call-card")).ToHaveCountAsync(0);
        Assert.Equal("7002", (await page.LogAsync())[^1].Body.GetProperty("destination").GetString());
    }

    [Theory]
    [InlineData("absent", "does not answer")]
    [InlineData("refuse", "This PC is enrolled at another server.")]
    public async Task Where_the_recorder_cannot_be_had_the_page_says_what_to_do_and_calls_go_on(string mode, string said)
    {
        await using var page = await OpenAsync();
        await page.PostAsync("/dev/mode", new { srs = mode });
        try
        {
            await page.Find("[data-role=start-session]").ClickAsync();
            await Assertions.Expect(page.Find(".pairing [role=alert]")).ToContainTextAsync(said);
            await Assertions.Expect(page.Find("[data-role=agent-state]")).ToHaveTextAsync("Ready");
        }
        finally
        {
            await page.PostAsync("/dev/mode", new { srs = "ok" });
        }

        await page.Find(".pairing button", "Try again").ClickAsync();
        await Assertions.Expect(page.Find("[data-role=pairing]")).ToHaveAttributeAsync("data-state", "paired");
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_comes_back_with_the_newest_state()
    {
        await using var page = await OpenAsync();
        await page.PostAsync("/dev/drop", new { });
        await Assertions.Expect(page.Find("[data-role=offline]")).ToBeVisibleAsync();
        await page.TellAsync(new { screen = new { state = "recording" } });

        await Assertions.Expect(page.Find("[data-role=offline]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Find(Notice)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_user_who_is_no_agent_is_sent_to_the_console()
    {
        await using var page = await world.OpenAsync(Path, "admin");

        await Assertions.Expect(page.Find("main a")).ToHaveAttributeAsync("href", "/console/");
    }

    /// <summary>The workspace of Ada, signed out of her DN, without a recorder.</summary>
    private async Task<OpenPage> OpenAsync()
    {
        var page = await world.OpenAsync(Path, "ada");
        await page.TellAsync(new { agentState = "LoggedOut", calls = Array.Empty<object>(), screen = new { state = "unavailable" } });
        await Assertions.Expect(page.Find("[data-role=start-session]")).ToBeVisibleAsync();
        return page;
    }
}
