using System.Text.Json;
using Tandem.ScreenRecordingService.Install;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class InstallTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Install_writes_units_that_systemd_can_read_and_uninstall_leaves_nothing()
    {
        using var folder = new TempFolder();
        var data = folder.At("data 100%");
        Assert.Equal(0, (await RunAsync("install", "--data", data, "--server", "http://rws.example:8080", "--root", folder.At("root"))).Code);
        var units = Directory.GetFiles(folder.At("root"), "*.service", SearchOption.AllDirectories);
        Assert.NotEmpty(units);
        var service = await File.ReadAllTextAsync(units.Single(u => u.EndsWith("tandem-srs.service", StringComparison.Ordinal)), Stop);
        Assert.Contains("data 100%%\" --port 8090 --server http://rws.example:8080\n", service);
        if (Tool.Find("systemd-analyze") is { } analyze)
        {
            foreach (var unit in units)
            {
                var mode = unit.Contains("/user/", StringComparison.Ordinal) ? "--user" : "--system";
                var (_, said) = await RunningProcess.RunAsync(analyze, ["verify", mode, unit], Stop);
                Assert.DoesNotContain($"{Path.GetFileName(unit)}:", said);
            }
        }
        await File.WriteAllTextAsync(Path.Combine(data, "device-key.pem"), "secret", Stop);
        Assert.Equal(0, (await RunAsync("uninstall", "--data", data, "--root", folder.At("root"))).Code);
        Assert.Empty(Directory.GetFiles(folder.At("root"), "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task What_install_is_told_is_what_the_units_run_with()
    {
        using var folder = new TempFolder();
        string[] service =
        [
            "--data", folder.At("data"), "--port", $"{FreePorts.One()}", "--server", "https://a.example", "--server", "https://b.example:8443",
            "--origin", "https://crm.example", "--upload-rate", "2000", "--disk-floor", "512", "--reduce", "2", "--track-per-monitor", "--encoder", "h264", "--chroma", "444",
        ];
        string[] capture = ["--exclude", "Pay $5 \"now\"", "--exclude", "monitor:HDMI-1"];
        Assert.Equal(0, (await RunAsync(["install", .. capture, "--root", folder.At("root"), .. service])).Code);
        var lines = Directory.GetFiles(folder.At("root"), "*.service", SearchOption.AllDirectories)
            .Select(unit => File.ReadLines(unit).Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))).ToArray();
        Assert.SkipWhen(lines.Length == 1, "For somebody who is not root there is one unit.");
        Assert.Single(lines, line => line.EndsWith(" service " + string.Join(' ', service), StringComparison.Ordinal));
        const string excluded = """--exclude "Pay $$5 \"now\"" --exclude monitor:HDMI-1""";
        Assert.Single(lines, line => line.EndsWith(" worker " + excluded, StringComparison.Ordinal));
        Assert.Contains(
            $"ExecStart=/usr/bin/tandem-srs run {string.Join(' ', service)} {excluded}\n",
            SystemdUnits.ForOneUser(new InstallPlan("/usr/bin/tandem-srs", folder.At("data"), service, capture)));
        Assert.Contains("This PC is not enrolled", (await RunAsync(["run", .. service, .. capture])).Said);
    }

    [Fact]
    public async Task Install_refuses_what_the_service_would_and_writes_nothing()
    {
        using var folder = new TempFolder();
        var (code, said) = await RunAsync(
            "install", "--data", folder.At("data"), "--server", "https://a.example", "--root", folder.At("root"), "--reduce", "9", "--exclude", "");
        Assert.NotEqual(0, code);
        Assert.Contains("--reduce must be a number from 1 to 4.", said);
        Assert.Contains("--exclude '' names nothing", said);
        Assert.False(Directory.Exists(folder.At("root")));
    }

    [Fact]
    public async Task Uninstall_throws_no_recording_away_unless_told()
    {
        using var folder = new TempFolder();
        var data = folder.At("data");
        Directory.CreateDirectory(Path.Combine(data, "spool", "capture"));
        await File.WriteAllBytesAsync(Path.Combine(data, "spool", "capture", "stream.sealed"), new byte[4_096], Stop);
        var (code, said) = await RunAsync("uninstall", "--data", data, "--root", folder.At("root"));
        Assert.Equal(1, code);
        Assert.Contains("4 KiB of recordings", said);
        Assert.True(Directory.Exists(data));
        Assert.Equal(0, (await RunAsync("uninstall", "--data", data, "--root", folder.At("root"), "--discard")).Code);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Uninstall_touches_no_folder_that_holds_what_is_not_the_recorder_s()
    {
        using var folder = new TempFolder();
        var data = folder.At("home");
        Directory.CreateDirectory(Path.Combine(data, "spool"));
        await File.WriteAllTextAsync(Path.Combine(data, "device.json.ab12.tmp"), "{", Stop);
        await File.WriteAllTextAsync(Path.Combine(data, "letters.txt"), "dear", Stop);
        var (code, said) = await RunAsync("uninstall", "--data", data, "--root", folder.At("root"), "--discard");
        Assert.Equal((1, $"{data} holds letters.txt, which the recorder did not write: give the folder that it was installed with."), (code, said.Trim()));
        Assert.Equal(3, Directory.GetFileSystemEntries(data).Length);
        File.Delete(Path.Combine(data, "letters.txt"));
        Assert.Equal(0, (await RunAsync("uninstall", "--data", data, "--root", folder.At("root"))).Code);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Browser_policies_are_json_and_registry_text_that_name_every_origin()
    {
        using var folder = new TempFolder();
        var installed = await RunAsync(
            "install", "--data", folder.At("data"), "--server", "https://rws.example:8443", "--origin", "https://crm.example", "--root", folder.At("root"),
            "--policies", folder.At("policies"));
        Assert.Equal(0, installed.Code);
        foreach (var browser in new[] { "chrome", "edge" })
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("policies", $"{browser}.json"), Stop));
            foreach (var name in new[] { "LoopbackNetworkAllowedForUrls", "LocalNetworkAccessAllowedForUrls" })
                Assert.Equal(["https://rws.example:8443", "https://crm.example"], json.RootElement.GetProperty(name).EnumerateArray().Select(v => v.GetString()));
        }
        using var firefox = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("policies", "firefox.json"), Stop));
        var access = firefox.RootElement.GetProperty("policies").GetProperty("LocalNetworkAccess");
        Assert.Equal(["rws.example", "crm.example"], access.GetProperty("SkipDomains").EnumerateArray().Select(v => v.GetString()));
        foreach (var (file, key) in new[] { ("chrome", @"Google\Chrome"), ("edge", @"Microsoft\Edge") })
        {
            var lines = await File.ReadAllLinesAsync(folder.At("policies", $"{file}.reg"), Stop);
            Assert.Equal("Windows Registry Editor Version 5.00", lines[0]);
            Assert.Contains($@"[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\{key}\LoopbackNetworkAllowedForUrls]", lines);
            Assert.All(lines.Skip(1), line => Assert.Matches("""^(|\[HKEY_LOCAL_MACHINE\\[\\A-Za-z]+\]|"(\d+|Enabled)"=("[^"\\]*"|dword:\d{8}))$""", line));
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        await using var process = Srs.Start(arguments);
        await process.WaitAsync(Stop);
        return (process.ExitCode, process.Output);
    }
}
