using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Service and worker as installed, each with a life of its own: the worker captures on while the service is
/// replaced, and the next service files it as one capture.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM", 150)]
    [InlineData("KILL", 1_100)]
    public async Task A_service_that_is_replaced_leaves_one_capture_almost_without_a_gap(string signal, long mostMs)
    {
        await using var desk = await Desk.StartAsync(separate: true);
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop);
        await Srs.SignalAsync(desk.Service, signal);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop);
        await desk.StartServiceAsync();
        await Eventually.HoldsAsync(() => desk.Rws.Actual.Last() is { Phase: CapturePhase.Recording } last && last.CaptureId == captureId, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        Assert.False(desk.Worker.HasExited);
        var report = await desk.EndAsync(captureId);
        Assert.Equal((EndReason.CallEnded, 2), (report.EndReason, report.Parts.Count));
        var (before, after) = (report.Parts[0], report.Parts[1]);
        Assert.InRange(after.StartMs - before.StartMs - before.DurationMs, 0, mostMs);
        Assert.InRange(after.DurationMs, 2_500, 20_000);
        foreach (var part in report.Parts)
            (await desk.FilmAsync(part.StreamId)).AssertOnTime(report.StartUs / 1_000 + part.StartMs);
        Assert.Single(desk.Rws.Reports, r => r.CaptureId == captureId);
    }

    [Fact]
    public async Task A_pause_and_the_agents_session_outlive_the_service()
    {
        await using var desk = await Desk.StartAsync(separate: true);
        var token = await desk.PairAsync();
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        using (await desk.SendAsync(HttpMethod.Post, "/tandem/pause", "{}", headers: [token]))
            await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Paused, Stop);
        await Srs.SignalAsync(desk.Service, "KILL");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.StartServiceAsync();
        await Eventually.HoldsAsync(() => desk.Rws.Actual.Last() is { Phase: CapturePhase.Paused } last && last.CaptureId == captureId, Stop);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Stop);
        using (var resume = await desk.SendAsync(HttpMethod.Post, "/tandem/resume", "{}", headers: [token]))
            Assert.Contains("\"state\":\"recording\"", await resume.Content.ReadAsStringAsync(Stop));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Stop);
        var report = await desk.EndAsync(captureId);
        var pause = Assert.Single(report.Pauses);
        Assert.InRange(pause.StopMs - pause.StartMs, 1_500, 20_000);
        foreach (var part in report.Parts)
        {
            var film = await desk.FilmAsync(part.StreamId);
            Assert.All(
                film.Frames.Where(f => part.StartMs + f.TimeMs > pause.StartMs + 300 && part.StartMs + f.TimeMs < pause.StopMs - 2),
                f => Assert.All(f.Row, pixel => Assert.True(pixel < 20)));
        }
    }

    [Fact]
    public async Task Without_a_service_for_long_the_worker_stops_and_delivers_later()
    {
        Assert.SkipUnless(Tool.Long, "Takes more than a minute: ./test --long.");
        await using var desk = await Desk.StartAsync(separate: true);
        var captureId = await desk.CaptureAsync();
        // What the service has not yet put on disk dies with it: here also the news that there is a first part.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop);
        await Srs.SignalAsync(desk.Service, "KILL");
        await Task.Delay(TimeSpan.FromSeconds(70), TimeProvider.System, Stop);
        desk.Rws.DesireLater(null, EndReason.CallEnded);
        await desk.StartServiceAsync();
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal((EndReason.CallEnded, 2), (report.EndReason, report.Parts.Count));
        Assert.InRange(report.Parts[1].DurationMs, 57_000, 69_000);
    }
}
