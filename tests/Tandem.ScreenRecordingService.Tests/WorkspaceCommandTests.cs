using System.Text.Json;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary><c>tandem-srs workspace</c> with a real browser on a real display.</summary>
public sealed class WorkspaceCommandTests(DeskFixture fixture) : IClassFixture<DeskFixture>
{
    private Desk Desk => fixture.Desk;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_the_page_with_a_code_that_is_good_once()
    {
        Assert.SkipUnless(Tool.Missing("chromium") is null, "chromium is not installed.");
        using var folder = new TempFolder();
        // Chromium refuses to run as root with its sandbox, and shares a profile with whatever runs.
        await File.WriteAllTextAsync(
            folder.At("browser"), $"#!/bin/sh\necho $$ > {folder.At("pid")}\nexec chromium --no-sandbox --disable-gpu --no-first-run --user-data-dir={folder.At("profile")} \"$@\"\n", Stop);
        await RunningProcess.RunAsync("chmod", ["+x", folder.At("browser")], Stop);
        await using var opened = Srs.Start(
            new Dictionary<string, string> { ["DISPLAY"] = Desk.Display.Name },
            "workspace", "--server", Desk.Rws.Address.ToString(), "--port", $"{Desk.Port}", "--browser", folder.At("browser"));
        var signIns = Desk.Rws.SignIns.Count;
        var visited = await Eventually.GetAsync(() => Desk.Rws.Visited, Stop);
        await RunningProcess.RunAsync("kill", [(await File.ReadAllTextAsync(folder.At("pid"), Stop)).Trim()], Stop);
        // Only now: the browser holds the pipe of the program that started it.
        await opened.WaitAsync(Stop);
        Assert.True(opened.ExitCode == 0, opened.Output);
        Assert.Equal($"?srs={Desk.Port}", visited[0]);
        Assert.StartsWith("#pair=", visited[1], StringComparison.Ordinal);
        // The page itself redeemed it.
        Assert.Equal("200", visited[2]);
        Assert.Equal((signIns + 1, "pair-1"), (Desk.Rws.SignIns.Count, Desk.Rws.SignIns.Last().PairingToken));
        var body = JsonSerializer.Serialize(new { token = "pair-1", code = visited[1]["#pair=".Length..] });
        using (var again = await Desk.SendAsync(HttpMethod.Post, "/tandem/pair", body))
            Assert.Equal(401, (int)again.StatusCode);
        Assert.Equal(signIns + 1, Desk.Rws.SignIns.Count);
    }

    [Fact]
    public async Task Pages_get_no_codes_and_a_recorder_that_is_away_is_named()
    {
        using (var page = await Desk.SendAsync(HttpMethod.Post, "/tandem/code", headers: [("Authorization", "Tandem-Program")]))
            Assert.Equal(403, (int)page.StatusCode);
        await using var alone = Srs.Start("workspace", "--server", "http://127.0.0.1:9", "--port", $"{FreePorts.One()}", "--browser", "/bin/true");
        await alone.WaitAsync(Stop);
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("The screen recorder does not answer at 127.0.0.1:", alone.Output);
    }
}
