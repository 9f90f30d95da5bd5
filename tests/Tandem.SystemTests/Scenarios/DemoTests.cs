using Tandem.Lab.Machines;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary><c>tandem demo</c>, which <c>./run</c> starts, as somebody meets it who does not wait for its end.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class DemoTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interrupted_amid_the_call_it_ends_all_that_it_started_and_says_one_sentence()
    {
        var missing = Tool.Missing("Xvfb", "ffmpeg", "espeak-ng", "chromium");
        Assert.SkipUnless(missing is null, $"{missing}");
        using var folder = new TempFolder();
        // A script's background: the shell has it ignore SIGINT.
        await using var demo = RunningProcess.StartIgnoring("INT", Binaries.Tandem, ["demo", "--data", folder.Path]);
        await demo.WaitForAsync("[x] 7 of 9", Stop);
        var (_, children) = await RunningProcess.RunAsync("ps", ["-o", "pid=", "--ppid", $"{demo.Id}"], Stop);
        var started = children.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.True(started.Length >= 3, children); // server, recorder, browser
        await demo.EndAsync("INT", Stop);
        Assert.Equal(130, demo.ExitCode);
        Assert.EndsWith("tandem: interrupted before the last step; what it had started is ended.", demo.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(started, pid => File.Exists($"/proc/{pid}/exe"));
    }
}
