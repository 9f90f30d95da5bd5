using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Pages of others in a real browser, while this PC records: no state changes, no byte gets out.</summary>
public sealed class HostilePageTests(DeskFixture fixture) : IClassFixture<DeskFixture>
{
    private Desk Desk => fixture.Desk;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_of_another_origin_reaches_nothing()
    {
        Assert.SkipUnless(Tool.Missing("chromium") is null, "chromium is not installed.");
        await using var hostile = await HostilePage.StartAsync(Desk.Port);
        await WhileRecordingAsync(async () =>
        {
            var said = Said(await BrowseAsync(hostile.Address, "--virtual-time-budget=8000", "--host-resolver-rules=MAP rebound.example 127.0.0.1"));
            Assert.Contains("done ", said);
            Assert.DoesNotContain("LEAK", said);
            // As the rebound name sees itself: its own origin, so that a GET bears none.
            var rebound = await BrowseAsync(
                new Uri($"http://rebound.example:{Desk.Port}/tandem/status"), "--host-resolver-rules=MAP rebound.example 127.0.0.1");
            Assert.DoesNotContain("\"state\"", rebound);
        });
    }

    [Fact]
    public async Task A_page_whose_name_is_rebound_while_it_shows_reaches_nothing()
    {
        Assert.SkipUnless(Tool.Missing("chromium") is null, "chromium is not installed.");
        await using var site = await RebindingSite.StartAsync(Desk.Port);
        await WhileRecordingAsync(async () =>
        {
            var said = Said(await BrowseAsync(site.Address, "--virtual-time-budget=8000", $"--proxy-server={site.Proxy}"));
            Assert.StartsWith("own site |", said, StringComparison.Ordinal);
            Assert.EndsWith("done | ", said, StringComparison.Ordinal);
            Assert.DoesNotContain("LEAK", said);
            // The page's requests came through to the recorder, which refused each and said nothing.
            Assert.True(site.Arrived.Count >= 10, said);
            Assert.All(site.Arrived, reply => Assert.Equal((421, 0), (reply.Status, reply.Bytes)));
        });
    }

    private async Task WhileRecordingAsync(Func<Task> attack)
    {
        await Desk.PairAsync();
        var captureId = await Desk.CaptureAsync();
        var (before, states) = ((Desk.Rws.SignIns.Count, Desk.Rws.SignOuts.Count), Desk.Rws.Actual.Count);
        await attack();
        Assert.Equal(before, (Desk.Rws.SignIns.Count, Desk.Rws.SignOuts.Count));
        Assert.All(Desk.Rws.Actual.Skip(states), a => Assert.Equal((captureId, CapturePhase.Recording), (a.CaptureId, a.Phase)));
        Assert.Empty((await Desk.EndAsync(captureId)).Pauses);
    }

    /// <returns>The page as it stands at the end.</returns>
    private static async Task<string> BrowseAsync(Uri address, params string[] more)
    {
        using var folder = new TempFolder();
        var (_, dom) = await RunningProcess.RunAsync(
            "chromium",
            ["--headless=new", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder.At("profile")}", .. more, "--dump-dom", address.ToString()], Stop);
        return dom;
    }

    /// <summary>What its script wrote: the script's own text stands in the page too.</summary>
    private static string Said(string dom) => dom.Split("id=\"out\">")[1].Split("</p>")[0];
}
