using System.Net;
using System.Net.Sockets;
using Tandem.Lab.Machines;
using Tandem.TestKit;
using LabPorts = Tandem.Lab.Machines.FreePorts;

namespace Tandem.SystemTests.Faults;

/// <summary>What can be wrong at the start gets one clear sentence and a non-zero exit.</summary>
public sealed class StartTests
{
    private static readonly string[] Ports =
    [
        "sip:port", "sip:ctiPort", "mcp:port", "mcp:ctiPort", "web:port",
    ];

    private static async Task<(int Code, string Said)> UpAsync(string data, IReadOnlyDictionary<string, string?> settings)
    {
        var environment = Ports.ToDictionary(
            key => Variable(key), string? (_) => $"{LabPorts.Next()}");
        foreach (var (key, value) in settings)
            environment[Variable(key)] = value;
        await using var process = ChildProcess.Start(Binaries.Tandem, ["up", "--data", data], environment);
        var code = await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return (code, process.Tail);
    }

    private static string Variable(string key) => $"TANDEM__{key.Replace(":", "__", StringComparison.Ordinal)}";

    private static void RefusedInOneSentence(int code, string said, params ReadOnlySpan<string> words)
    {
        Assert.NotEqual(0, code);
        var sentence = Assert.Single(said.Split('\n'), line => line.StartsWith("tandem: ", StringComparison.Ordinal));
        foreach (var word in words)
            Assert.Contains(word, sentence, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web:port")]
    [InlineData("sip:port")]
    [InlineData("sip:ctiPort")]
    [InlineData("mcp:port")]
    [InlineData("mcp:ctiPort")]
    public async Task A_port_in_use_is_named(string key)
    {
        using var folder = new TempFolder();
        var port = LabPorts.Next();
        using var tcp = new TcpListener(IPAddress.Loopback, port);
        tcp.Start();
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        var (code, said) = await UpAsync(folder.Path, new Dictionary<string, string?> { [key] = $"{port}" });
        RefusedInOneSentence(code, said, $"{port}", "in use");
    }

    [Theory]
    [InlineData("web:porrt", "1", "porrt")]
    [InlineData("nonsense", "1", "nonsense")]
    [InlineData("web:port", "99999", "port")]
    [InlineData("roles", "sip,fax", "fax")]
    [InlineData("listen", "here", "here")]
    public async Task A_wrong_setting_is_named(string key, string value, string word)
    {
        using var folder = new TempFolder();
        var (code, said) = await UpAsync(folder.Path, new Dictionary<string, string?> { [key] = value });
        RefusedInOneSentence(code, said, word);
    }

    [Fact]
    public async Task A_data_folder_in_use_is_named()
    {
        using var folder = new TempFolder();
        using var held = new FileStream(folder.At("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var (code, said) = await UpAsync(folder.Path, new Dictionary<string, string?>());
        RefusedInOneSentence(code, said, folder.Path, "in use");
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_half_made_is_left()
    {
        using var folder = new TempFolder();
        var disk = folder.At("disk");
        Directory.CreateDirectory(disk);
        var mounted = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], TestContext.Current.CancellationToken);
        Assert.SkipUnless(mounted.ExitCode == 0, "mounting a small disk needs root");
        try
        {
            var (code, said) = await UpAsync(Path.Combine(disk, "data"), new Dictionary<string, string?>());
            RefusedInOneSentence(code, said, "space");
            Assert.Empty(Directory.EnumerateFiles(disk, "*.db*", SearchOption.AllDirectories));
        }
        finally
        {
            await RunningProcess.RunAsync("umount", [disk], CancellationToken.None);
        }
    }

    [Fact]
    public async Task An_empty_data_folder_of_the_environment_is_named()
    {
        await using var process = ChildProcess.Start(Binaries.Tandem, ["up"], new Dictionary<string, string?> { [Variable("data")] = "" });
        var code = await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        RefusedInOneSentence(code, process.Tail, "data is empty");
    }

    [Theory]
    [InlineData("--data must not be empty.", "up", "--data", "")]
    [InlineData("--out must not be empty.", "backup", "--data", "x", "--out", "")]
    [InlineData("<path-or-id> must not be empty.", "verify", "")]
    public async Task An_empty_word_is_named(string sentence, params string[] words)
    {
        await using var process = ChildProcess.Start(Binaries.Tandem, words);
        Assert.NotEqual(0, await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Contains(sentence, process.Tail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Tail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_display_is_named()
    {
        using var folder = new TempFolder();
        await using var process = ChildProcess.Start(Binaries.ScreenService,
        [
            "record", "--display", ":987", "--out", folder.At("never.mp4"),
        ]);
        var code = await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, code);
        Assert.Contains(":987", process.Tail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Tail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_ffmpeg_is_named()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.At("Xvfb"), Tool.Find("Xvfb")!);
        await using var process = ChildProcess.Start(
            Binaries.Tandem, ["sim", "simple", "--json"], new Dictionary<string, string?> { ["PATH"] = folder.Path });
        var code = await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        RefusedInOneSentence(code, process.Tail, "ffmpeg");
    }
}
