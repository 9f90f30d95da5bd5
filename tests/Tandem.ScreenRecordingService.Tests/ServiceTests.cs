using System.Diagnostics;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The whole service as a process: what RWS asks for, what arrives there, and what the pictures show.</summary>
public sealed class ServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_capture_arrives_whole_with_its_times()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = Guid.NewGuid().ToString();
        var askedMs = UnixMs();
        await desk.Rws.DesireAsync(captureId);
        var recording = await desk.Rws.ReportedAsync(a => a.CaptureId == captureId && a.Phase == CapturePhase.Recording, Stop);
        Assert.InRange(recording.FirstFrameUs!.Value / 1_000 - askedMs, -5, 1_000);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System, Stop);
        // it is uploaded while it grows
        await Eventually.HoldsAsync(() => desk.Rws.Uploads.All.Any(u => u.Digest is null && u.Length > 1_000), Stop);
        await desk.Rws.DesireAsync(null, end: EndReason.CallEnded);
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal((EndReason.CallEnded, "a1", "pc-1"), (report.EndReason, report.AgentId, report.DeviceId));
        Assert.InRange(Math.Abs(report.StartUs - recording.FirstFrameUs.Value), 0, 100_000);
        var part = Assert.Single(report.Parts);
        Assert.Equal((1024, 600, 0L), (part.Width, part.Height, part.StartMs));
        Assert.StartsWith("vp09.00.", part.Codec, StringComparison.Ordinal);
        Assert.InRange((report.StopUs - report.StartUs) / 1_000 - part.DurationMs, -2, 2);
        Assert.Equal((1024, 600), (report.Monitors[0].Width, report.Monitors[0].Height));
        var film = await desk.FilmAsync(part.StreamId);
        Assert.InRange(part.DurationMs - film.Frames[^1].TimeMs, -5, 200);
        film.AssertOnTime(report.StartUs / 1_000);
        await Eventually.HoldsAsync(() => SpoolIsEmpty(desk), Stop);
        Assert.True(desk.Rws.ClockSamples >= 4);
        Assert.Empty(desk.Rws.Refused);
    }

    [Fact]
    public async Task A_pause_leaves_only_black_pictures_between()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = Guid.NewGuid().ToString();
        await desk.Rws.DesireAsync(captureId);
        await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Recording, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(captureId, paused: true);
        await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Paused, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(captureId);
        await Eventually.HoldsAsync(() => desk.Rws.Actual.Last().Phase == CapturePhase.Recording, Stop);
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(null, end: EndReason.CallEnded);
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        var pause = Assert.Single(report.Pauses);
        Assert.InRange(pause.StopMs - pause.StartMs, 900, 3_000);
        var film = await desk.FilmAsync(report.Parts[0].StreamId);
        bool IsBlack((long, byte[] Row) frame) => frame.Row.All(pixel => pixel < 20);
        var black = film.Frames.Where(IsBlack).ToArray();
        Assert.Single(black);
        Assert.InRange(black[0].TimeMs - pause.StartMs, -2, 300);
        Assert.DoesNotContain(film.Frames, f => f.TimeMs > black[0].TimeMs && f.TimeMs < pause.StopMs - 2);
    }

    [Fact]
    public async Task Without_the_server_it_records_on_and_delivers_later()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = Guid.NewGuid().ToString();
        await desk.Rws.DesireAsync(captureId, offlineMs: 3_000);
        await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Recording, Stop);
        await desk.Rws.StopAsync();
        await desk.Service.WaitForAsync("ends: ServerLost", Stop);
        Assert.Empty(desk.Rws.Reports);
        await desk.Rws.StartAsync();
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal(EndReason.ServerLost, report.EndReason);
        Assert.InRange(report.Parts[0].DurationMs, 2_500, 12_000);
        var film = await desk.FilmAsync(report.Parts[0].StreamId);
        Assert.InRange(report.Parts[0].DurationMs - film.Frames[^1].TimeMs, -5, 200);
    }

    [Fact]
    public async Task Told_to_stop_it_closes_the_capture_and_a_later_start_delivers_it()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = Guid.NewGuid().ToString();
        await desk.Rws.DesireAsync(captureId);
        await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Recording, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        await desk.Rws.StopAsync();
        await desk.StopServiceAsync();
        Assert.False(SpoolIsEmpty(desk));
        desk.Rws.DesireLater(null, EndReason.CallEnded);
        await desk.Rws.StartAsync();
        await desk.StartServiceAsync();
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal(EndReason.ShutDown, report.EndReason);
        var film = await desk.FilmAsync(Assert.Single(report.Parts).StreamId);
        film.AssertOnTime(report.StartUs / 1_000);
    }

    [Fact]
    public async Task Killed_with_its_worker_it_goes_on_in_a_second_part_of_the_same_capture()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = Guid.NewGuid().ToString();
        await desk.Rws.DesireAsync(captureId);
        await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Recording, Stop);
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Stop);
        desk.Service.Kill();
        var ranMs = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await desk.Service.WaitAsync(Stop);
        await desk.StartServiceAsync();
        await Eventually.HoldsAsync(() => desk.Rws.Actual.Last() is { Phase: CapturePhase.Recording }, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(null, end: EndReason.CallEnded);
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal((EndReason.CallEnded, 2), (report.EndReason, report.Parts.Count));
        Assert.True(report.Parts[0].DurationMs > ranMs - 1_500, $"{report.Parts[0].DurationMs} of {ranMs}");
        // What is shorter than a second is no gap, and a quiet machine starts the service anew in less.
        var apartMs = report.Parts[1].StartMs - report.Parts[0].StartMs - report.Parts[0].DurationMs;
        Assert.Equal(apartMs > 1_000 ? 1 : 0, report.Gaps.Count);
        foreach (var part in report.Parts)
            (await desk.FilmAsync(part.StreamId)).AssertOnTime(report.StartUs / 1_000 + part.StartMs);
        Assert.Single(desk.Rws.Reports, r => r.CaptureId == captureId);
    }

    [Fact]
    public async Task A_new_capture_closes_the_one_before()
    {
        await using var desk = await Desk.StartAsync();
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await desk.Rws.DesireAsync(first);
        await desk.Rws.ReportedAsync(a => a.CaptureId == first && a.Phase == CapturePhase.Recording, Stop);
        await desk.Rws.DesireAsync(second, end: EndReason.NextCall);
        await desk.Rws.ReportedAsync(a => a.CaptureId == second && a.Phase == CapturePhase.Recording, Stop);
        await desk.Rws.DesireAsync(null, end: EndReason.CallEnded);
        var (a, b) = (await desk.Rws.FiledAsync(first, Stop), await desk.Rws.FiledAsync(second, Stop));
        Assert.Equal((EndReason.NextCall, EndReason.CallEnded), (a.EndReason, b.EndReason));
        Assert.True(b.StartUs >= a.StopUs - 1_000);
    }

    [Fact]
    public async Task The_maximum_duration_and_a_lost_worker_end_and_mend_a_capture()
    {
        await using var desk = await Desk.StartAsync();
        var (lost, bounded) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await desk.Rws.DesireAsync(lost);
        await desk.Rws.ReportedAsync(a => a.CaptureId == lost && a.Phase == CapturePhase.Recording, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1.7), TimeProvider.System, Stop);
        await KillWorkerAsync(desk);
        await desk.Rws.ReportedAsync(a => a.CaptureId == lost && a.Phase == CapturePhase.Failed, Stop);
        await Eventually.HoldsAsync(() => desk.Rws.Actual.Last() is { Phase: CapturePhase.Recording }, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(bounded, end: EndReason.NextCall, maximumMs: 1_000);
        var report = await desk.Rws.FiledAsync(lost, Stop);
        Assert.Equal(2, report.Parts.Count);
        Assert.Single(report.Gaps);
        Assert.True(report.Parts[1].StartMs >= report.Parts[0].DurationMs);
        foreach (var part in report.Parts)
            (await desk.FilmAsync(part.StreamId)).AssertOnTime(report.StartUs / 1_000 + part.StartMs);
        Assert.Equal(EndReason.MaximumDuration, (await desk.Rws.FiledAsync(bounded, Stop)).EndReason);
    }

    [Fact]
    public async Task The_policy_or_this_pc_reduces_the_picture_and_a_new_policy_begins_a_new_part()
    {
        await using var desk = new Desk();
        await desk.BeginAsync(more: ["--reduce", "2"]);
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(captureId, reduction: 4);
        await desk.Rws.ReportedAsync(a => a.CaptureId == captureId && a.Revision == desk.Rws.Revision, Stop);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop);
        var report = await desk.EndAsync(captureId);
        Assert.Equal([(512, 300), (256, 150)], report.Parts.Select(p => (p.Width, p.Height)));
        Assert.Equal((0, 0, 512, 300), report.Monitors.Select(m => (m.X, m.Y, m.Width, m.Height)).Single());
        Assert.Empty(report.Gaps);
        foreach (var part in report.Parts)
        {
            var film = await desk.FilmAsync(part.StreamId, 1024 / part.Width);
            film.AssertOnTime(report.StartUs / 1_000 + part.StartMs);
        }
    }

    [Fact]
    public async Task RWS_is_told_how_this_pc_is()
    {
        await using var desk = await Desk.StartAsync();
        var health = await Eventually.GetAsync(() => desk.Rws.Health.FirstOrDefault(), Stop);
        Assert.Matches(@"^\d+\.\d+", health.Version);
        Assert.InRange(health.ClockOffsetUs, -1_000_000, 1_000_000);
        Assert.InRange(health.DiskFreeBytes, 1 << 20, long.MaxValue);
        Assert.True(health.CpuSeconds > 0, $"{health}");
        Assert.Equal((0, 0, null), (health.SpoolBytes, health.FramesDropped, health.Problem));
    }

    private static async Task KillWorkerAsync(Desk desk)
    {
        var (_, found) = await RunningProcess.RunAsync("pgrep", ["-P", $"{desk.Service.Id}"], Stop);
        await RunningProcess.RunAsync("kill", ["-9", found.Trim()], Stop);
    }

    private static bool SpoolIsEmpty(Desk desk) =>
        !Directory.EnumerateFiles(Path.Combine(desk.DataFolder, "spool"), "*", SearchOption.AllDirectories).Any(f => new FileInfo(f).Length > 4_096);

    private static long UnixMs() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
