using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests.Windows;

/// <summary>Service and worker of the Windows program under wine, as far as wine goes: it cannot make or load a device's
/// key, so no service gets beyond its enrolment there.</summary>
public sealed class WindowsServiceTests(WindowsProgram windows) : IClassFixture<WindowsProgram>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_delivers_over_a_named_pipe_and_a_sealed_record_comes_back_from_the_disk()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        await using var doctor = windows.Start("doctor", "--port", $"{FreePorts.One()}", "--data", WindowsProgram.PathOf(folder.Path));
        await doctor.WaitAsync(Stop);
        Assert.Matches(@"ok       worker: first picture \d+ ms after it was asked for, \d{3,} bytes over a named pipe", doctor.Output);
        // wine's table of connections names no process: an open gap of wine, which the doctor must see.
        Assert.Contains("PROBLEM  local API: this system does not tell who calls it", doctor.Output);
        Assert.Matches(@"ok       sealing: 256 KiB sealed, on disk and read back in \d+ ms", doctor.Output);
        Assert.Contains("PROBLEM  enrolment: this PC is not enrolled", doctor.Output);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Installed_it_is_started_by_the_service_control_manager_and_says_why_it_cannot_go_on()
    {
        Assert.SkipUnless(WindowsProgram.Missing is null, $"{WindowsProgram.Missing}");
        using var folder = new TempFolder();
        var data = WindowsProgram.PathOf(folder.At("data of srs"));
        var installed = await windows.RunDetachedAsync(windows.Program, "install", "--data", data, "--server", "http://127.0.0.1:9", "--reduce", "2", "--exclude", "My secret");
        Assert.Contains("sc start TandemScreenRecording", installed);
        var key = await windows.RunDetachedAsync("reg", "query", @"HKLM\System\CurrentControlSet\Services\TandemScreenRecording");
        Assert.Contains($"tandem-srs.exe service --data \"{data}\" --port 8090 --server http://127.0.0.1:9 --reduce 2 --exclude \"My secret\"", key);
        await windows.RunDetachedAsync("sc.exe", "start", "TandemScreenRecording");
        var log = folder.At("data of srs", "service.log");
        await Eventually.HoldsAsync(() => File.Exists(log) && File.ReadAllText(log).Contains("enrol", StringComparison.Ordinal), Stop);
    }
}
