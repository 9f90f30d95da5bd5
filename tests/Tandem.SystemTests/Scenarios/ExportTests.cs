using System.Globalization;
using Tandem.Lab.Machines;
using Tandem.Lab.Results;
using Tandem.Lab.Senses;
using Tandem.Lab.World;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary><c>tandem export</c>: the one MP4 is judged by ear and eye.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class ExportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task One_file_holds_both_voices_on_their_sides_and_the_screen_in_step()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var (code, result, said) = await SimProcess.RunAsync("simple", folder.At("out"), stop, "--data", folder.At("data"));
        Assert.True(code == 0, said);
        var ports = ServerAddresses.Free();
        await using var server = await ServerProcess.StartAsync(folder.At("data"), ports, "sip,mcp,web", stop);
        var password = LabSecrets.AdminPassword(folder.At("data"));
        var call = result!.Interactions.Single();

        await SaysAsync(0, folder.At("call.mp4"), ["export", call.CallUuid, "-o", folder.At("call.mp4")]);
        await SaysAsync(1, "401", ["export", call.CallUuid, "-o", folder.At("no.mp4"), "--user", "nobody"]);
        await SaysAsync(1, "There is no interaction NONE", ["export", "NONE", "-o", folder.At("no.mp4")]);
        await SaysAsync(1, "is there already", ["export", call.CallUuid, "-o", folder.At("call.mp4")]);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "no.mp4*"));

        var zero = new[] { call.Segments.Single().Start, result.Screens.Single().Start }.Min(
            text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)).ToUnixTimeMilliseconds();
        var sound = await SoundAsync(folder, stop);
        string[] parties = ["a1", "customer"];
        for (var channel = 0; channel < 2; channel++)
        {
            for (var at = 1000.0; at + 1000 < sound.DurationMs; at += 400)
                Assert.Equal([parties[channel]], Ear.PartiesIn(Ear.Window(sound, channel, at, at + 400), sound.Rate));
            // AAC smears the marks and moves them by its own frame at most.
            Assert.InRange(Median(Ear.SecondErrorsMs(sound, channel, zero)), -45, 45);
        }
        Assert.InRange(Median(Eye.ClockErrorsMs(await Eye.LookAsync(folder.At("call.mp4"), stop), zero)), -20, 150);

        async Task SaysAsync(int wanted, string words, string[] arguments)
        {
            await using var process = ChildProcess.Start(
                Binaries.Tandem, [.. arguments, "--server", $"{ports.WebUri}"], new Dictionary<string, string?> { ["TANDEM_PASSWORD"] = password });
            var ended = await process.WaitForExitAsync(Limit, stop);
            Assert.Equal(wanted, ended);
            Assert.Contains(words, process.Tail, StringComparison.Ordinal);
        }
    }

    private static async Task<HeardAudio> SoundAsync(TempFolder folder, CancellationToken stop)
    {
        var made = await RunningProcess.RunAsync(
            "ffmpeg", ["-v", "error", "-i", folder.At("call.mp4"), "-vn", "-ar", "8000", "-bitexact", "-c:a", "pcm_s16le", folder.At("call.wav")], stop);
        Assert.Equal(0, made.ExitCode);
        return HeardAudio.Read(folder.At("call.wav"));
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
