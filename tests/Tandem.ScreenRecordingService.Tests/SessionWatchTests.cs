using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What logind says of the session is in the recording: black pictures and marked intervals.</summary>
public sealed class SessionWatchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_screen_and_a_switched_user_are_black_and_marked()
    {
        Assert.SkipUnless(Tool.Missing("dbus-daemon") is null && FakeLogind.IsPossible, "dbus-daemon or libsystemd0 is not installed.");
        await using var logind = await FakeLogind.StartAsync(Stop);
        await using var desk = new Desk();
        desk.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = logind.Address;
        desk.Environment["XDG_SESSION_ID"] = FakeLogind.SessionId;
        await desk.BeginAsync();
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        foreach (var (active, locked) in new[] { (true, true), (true, false), (false, false), (true, false) })
        {
            logind.Say(active, locked);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        }
        var report = await desk.EndAsync(captureId);
        Assert.Equal(["locked", "user-switched"], report.Gaps.Select(g => g.Cause));
        Assert.All(report.Gaps, gap => Assert.InRange(gap.StopMs - gap.StartMs, 600, 10_000));
        Assert.Empty(report.Pauses);
        var film = await desk.FilmAsync(Assert.Single(report.Parts).StreamId);
        foreach (var gap in report.Gaps)
        {
            var within = film.Frames.Where(f => f.TimeMs > gap.StartMs + 200 && f.TimeMs < gap.StopMs - 2).ToArray();
            Assert.All(within, f => Assert.True(f.Row.All(pixel => pixel < 20)));
            Assert.Contains(film.Frames, f => f.TimeMs > gap.StopMs && f.Row.Any(pixel => pixel > 100));
        }
        // By then only what is shown is compared.
        Assert.Contains(film.Frames, f => f.Row.All(pixel => pixel < 20));
    }

    [Fact]
    public async Task Somebody_else_on_the_bus_cannot_say_so()
    {
        Assert.SkipUnless(Tool.Missing("dbus-daemon", "gdbus") is null && FakeLogind.IsPossible, "dbus-daemon or gdbus is not installed.");
        await using var logind = await FakeLogind.StartAsync(Stop);
        await using var desk = new Desk();
        desk.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = logind.Address;
        desk.Environment["XDG_SESSION_ID"] = FakeLogind.SessionId;
        await desk.BeginAsync();
        var captureId = await desk.CaptureAsync();
        logind.Asked = 0;
        var (code, said) = await RunningProcess.RunAsync(
            "gdbus",
            ["emit", "--address", logind.Address, "--object-path", FakeLogind.SessionPath, "--signal", "org.freedesktop.DBus.Properties.PropertiesChanged",
             "'org.freedesktop.login1.Session'", "{'LockedHint': <true>}", "@as []"], Stop);
        Assert.True(code == 0, said);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        Assert.Equal(0, logind.Asked);
        Assert.Empty((await desk.EndAsync(captureId)).Gaps);
    }
}
