using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What goes wrong on an agent's PC: each time it is said clearly, the recording is kept, nothing is lost and nothing
/// is doubled.</summary>
public sealed class BadDayTests
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_display_it_says_so_and_ends()
    {
        await using var desk = new Desk();
        await desk.Rws.StartAsync();
        await using var service = Srs.Start(
            "run", "--data", desk.DataFolder, "--server", desk.Rws.Address.ToString(), "--port", $"{desk.Port}", "--enrol", "good", "--display", ":3999");
        await service.WaitAsync(Stop);
        Assert.Equal(1, service.ExitCode);
        Assert.Contains("The display :3999 cannot be opened: is an X server running there, and may this user use it?", service.Output);
    }

    [Fact]
    public async Task A_display_that_is_lost_and_comes_back_continues_the_capture()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        desk.Display.Kill();
        var lost = await desk.Rws.ReportedAsync(a => a.CaptureId == captureId && a.Phase == CapturePhase.Failed, Stop);
        Assert.Equal($"The display {desk.Display.Name} went away.", lost.Problem);
        await using var again = RunningProcess.Start("Xvfb", [desk.Display.Name, "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]);
        await Eventually.HoldsAsync(() => desk.Rws.Actual.Last() is { Phase: CapturePhase.Recording, Problem: null }, Stop);
        var report = await desk.EndAsync(captureId);
        Assert.Equal([(1024, 600), (800, 600)], report.Parts.Select(p => (p.Width, p.Height)));
        var gap = Assert.Single(report.Gaps);
        Assert.Equal("display-lost", gap.Cause);
        Assert.Equal(report.Parts[1].StartMs, gap.StopMs);
        foreach (var part in report.Parts)
        {
            var film = await desk.FilmAsync(part.StreamId);
            Assert.Equal((part.Width, part.Height), (film.Width, film.Height));
        }
    }

    [Fact]
    public async Task A_full_disk_ends_the_capture_keeps_it_and_takes_the_next_when_there_is_room()
    {
        Assert.SkipUnless(await Mount.CanAsync(Stop), "A file system cannot be mounted here.");
        await using var desk = new Desk();
        await using var disk = await Mount.TmpfsAsync("24m", Stop);
        desk.DataFolder = disk.At("data");
        await desk.BeginAsync(more: ["--disk-floor", "8"]);
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        await File.WriteAllBytesAsync(disk.At("ballast"), new byte[18 << 20], Stop);
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal(EndReason.DiskFull, report.EndReason);
        Assert.Contains(desk.Rws.Actual, a => a is { Phase: CapturePhase.Idle, Problem: "The disk of this PC has no room for recordings: free some space." });
        Assert.True((await desk.FilmAsync(Assert.Single(report.Parts).StreamId)).Frames.Count > 5);
        File.Delete(disk.At("ballast"));
        // The free space is asked for once a second.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        var next = await desk.CaptureAsync();
        Assert.Equal(EndReason.CallEnded, (await desk.EndAsync(next)).EndReason);
    }

    [Fact]
    public async Task A_spool_that_cannot_be_written_is_named()
    {
        Assert.SkipUnless(await Mount.CanAsync(Stop), "A file system cannot be mounted here.");
        await using var disk = await Mount.TmpfsAsync("1m,ro", Stop);
        await using var service = Srs.Start("run", "--data", disk.At("data"), "--server", "http://127.0.0.1:9", "--display", ":3999");
        await service.WaitAsync(Stop);
        Assert.Equal(1, service.ExitCode);
        Assert.Contains(disk.At("data"), service.Output);
        Assert.DoesNotContain("   at ", service.Output);
    }

    [Fact]
    public async Task A_disk_that_begins_to_refuse_ends_the_capture_keeps_it_and_takes_the_next_when_it_is_well()
    {
        Assert.SkipUnless(Tool.Missing("prlimit") is null, "prlimit is not installed.");
        await using var desk = new Desk { Limitable = true };
        await desk.BeginAsync();
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        // From now on no file of the service may grow, whichever it is.
        await LimitFilesAsync(desk, "1:");
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        Assert.Equal(EndReason.SpoolFailed, report.EndReason);
        Assert.Contains(desk.Rws.Actual, a => a.Phase == CapturePhase.Idle && a.Problem?.StartsWith("The disk of this PC takes no recordings: ", StringComparison.Ordinal) == true);
        await desk.Service.WaitForAsync("Spool: write failed on ", Stop);
        Assert.True((await desk.FilmAsync(Assert.Single(report.Parts).StreamId)).Frames.Count > 5);
        await LimitFilesAsync(desk, "unlimited:");
        var next = await desk.CaptureAsync();
        Assert.Equal(EndReason.CallEnded, (await desk.EndAsync(next)).EndReason);
        Assert.Single(desk.Rws.Reports, r => r.CaptureId == captureId);
    }

    [Theory]
    [InlineData("+1h")]
    [InlineData("-1h")]
    public async Task A_clock_that_is_set_during_a_capture_moves_nothing_in_it(string jump)
    {
        Assert.SkipUnless(File.Exists(FakeTime), "faketime is not installed.");
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.At("clock"), "+0", Stop);
        await using var desk = new Desk();
        desk.Environment["LD_PRELOAD"] = FakeTime;
        desk.Environment["FAKETIME_TIMESTAMP_FILE"] = folder.At("clock");
        desk.Environment["FAKETIME_NO_CACHE"] = "1";
        desk.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        desk.Environment["DONT_FAKE_MONOTONIC"] = "1";
        await desk.BeginAsync();
        await Eventually.HoldsAsync(() => desk.Rws.ClockSamples >= 4, Stop);
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        await File.WriteAllTextAsync(folder.At("clock"), jump, Stop);
        await desk.Rws.DesireAsync(captureId, paused: true);
        await desk.Rws.ReportedAsync(a => a.Phase == CapturePhase.Paused, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.Rws.DesireAsync(captureId);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        // Uploads and the report are signed after the jump: the server must take them.
        var report = await desk.EndAsync(captureId);
        Assert.Empty(desk.Rws.Refused);
        Assert.InRange((report.StopUs - report.StartUs) / 1_000, 3_400, 30_000);
        var pause = Assert.Single(report.Pauses);
        Assert.InRange(pause.StartMs, 1_400, 15_000);
        Assert.InRange(pause.StopMs - pause.StartMs, 900, 15_000);
        var film = await desk.FilmAsync(Assert.Single(report.Parts).StreamId);
        // The black picture of the pause shows no clock.
        (film with { Frames = [.. film.Frames.Where(f => f.Row.Any(pixel => pixel > 20))] }).AssertOnTime(report.StartUs / 1_000);
    }

    [Fact]
    public async Task A_wrong_server_certificate_is_named_and_costs_nothing()
    {
        using var folder = new TempFolder();
        using var right = TestCertificate.Create("rws");
        using var wrong = TestCertificate.Create("rws");
        await File.WriteAllTextAsync(folder.At("trusted.pem"), right.ExportCertificatePem(), Stop);
        await using var desk = new Desk();
        desk.Rws.Certificate = wrong;
        await desk.Rws.StartAsync();
        await using (var refused = Srs.Start("run", "--data", desk.DataFolder, "--server", desk.Rws.Address.ToString(), "--enrol", "good", "--display", ":3999"))
        {
            await refused.WaitAsync(Stop);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("shows a certificate that this PC does not trust", refused.Output);
        }
        await desk.Rws.StopAsync();
        desk.Rws.Certificate = right;
        desk.Environment["SSL_CERT_FILE"] = folder.At("trusted.pem");
        await desk.BeginAsync();
        var captureId = await desk.CaptureAsync();
        await desk.Rws.StopAsync();
        desk.Rws.Certificate = wrong;
        await desk.Rws.StartAsync();
        await desk.Service.WaitForAsync("certificate", Stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        await desk.Rws.StopAsync();
        desk.Rws.Certificate = right;
        desk.Rws.DesireLater(null, EndReason.CallEnded);
        await desk.Rws.StartAsync();
        var report = await desk.Rws.FiledAsync(captureId, Stop);
        (await desk.FilmAsync(Assert.Single(report.Parts).StreamId)).AssertOnTime(report.StartUs / 1_000);
    }

    [Fact]
    public async Task An_upload_that_the_server_forgot_is_sent_again_whole_and_once()
    {
        await using var desk = await Desk.StartAsync();
        var captureId = await desk.CaptureAsync();
        var begun = await Eventually.GetAsync(() => desk.Rws.Uploads.All.FirstOrDefault(u => u.Length > 20_000), Stop);
        desk.Rws.Uploads.Forget(begun.Sidecar.StreamId);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Stop);
        var report = await desk.EndAsync(captureId);
        var part = Assert.Single(report.Parts);
        var film = await desk.FilmAsync(part.StreamId);
        film.AssertOnTime(report.StartUs / 1_000);
        Assert.InRange(part.DurationMs - film.Frames[^1].TimeMs, -5, 200);
        Assert.Single(desk.Rws.Uploads.All);
    }

    private static async Task LimitFilesAsync(Desk desk, string softAndHard)
    {
        var (code, said) = await RunningProcess.RunAsync("prlimit", ["--pid", $"{desk.Service.Id}", $"--fsize={softAndHard}"], Stop);
        Assert.True(code == 0, said);
    }
}
