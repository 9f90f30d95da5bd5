using Tandem.Contracts.Media;
using Tandem.Lab.Screens;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>One machine, one service, two users with a screen and a worker each: who signs in is recorded, and the other is
/// not and may not even ask.</summary>
public sealed class TwoUsersTests
{
    private const int Anna = 60_011;
    private const int Bert = 60_012;
    private const string Green = "#20c040";
    private const string Red = "#e02020";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_screen_of_the_user_who_signed_in_is_recorded_and_no_other()
    {
        Assert.SkipUnless(System.Environment.UserName == "root" && Tool.Missing("setpriv", "curl", "xsetroot") is null, "Needs root, setpriv, curl and xsetroot.");
        await using var desk = new Desk(separate: true);
        await desk.Rws.StartAsync();
        await desk.StartServiceAsync("--enrol", "good");
        await RunningProcess.RunAsync("chmod", ["755", Path.GetDirectoryName(desk.WorkerSocket)!], Stop);
        await using var annas = await XvfbDisplay.StartAsync(640, 480, Stop);
        await using var berts = await XvfbDisplay.StartAsync(800, 600, Stop);
        await PaintAsync(annas, Green);
        await PaintAsync(berts, Red);
        await using var annasWorker = StartWorker(desk, Anna, annas);
        await using var bertsWorker = StartWorker(desk, Bert, berts);

        Assert.Equal("200", await SignInAsync(desk, Anna));
        var (green, first) = await RecordAsync(desk);
        Assert.Equal((640, 480), (first.Width, first.Height));
        Assert.All(green, pixel => Assert.True(pixel.Green > 120 && pixel.Red < 60));
        Assert.Equal("401", await CallAsync(desk, Bert, "/tandem/status"));

        // Bert signs in while Anna is still recorded.
        var interrupted = await desk.CaptureAsync();
        Assert.Equal("200", await SignInAsync(desk, Bert));
        var ended = await desk.Rws.FiledAsync(interrupted, Stop);
        Assert.Equal(EndReason.SignedOut, ended.EndReason);
        Assert.Equal(640, Assert.Single(ended.Parts).Width);
        var (red, second) = await RecordAsync(desk);
        Assert.Equal((800, 600), (second.Width, second.Height));
        Assert.All(red, pixel => Assert.True(pixel.Red > 150 && pixel.Green < 70));
        Assert.Equal("401", await CallAsync(desk, Anna, "/tandem/status"));
        Assert.Equal("403", await CallAsync(desk, 60_013, "/tandem/status"));
        Assert.False(annasWorker.HasExited || bertsWorker.HasExited);
    }

    private static RunningProcess StartWorker(Desk desk, int user, XvfbDisplay display) => RunningProcess.Start(
        "setpriv",
        [.. As(user), Path.Combine(AppContext.BaseDirectory, "tandem-srs"), "worker", "--socket", desk.WorkerSocket, "--display", display.Name]);

    private static async Task<((int Red, int Green)[] Pixels, ScreenPart Part)> RecordAsync(Desk desk)
    {
        using var folder = new TempFolder();
        var captureId = await desk.CaptureAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);
        var part = Assert.Single((await desk.EndAsync(captureId)).Parts);
        await File.WriteAllBytesAsync(folder.At("a.mp4"), await desk.Rws.MediaAsync(part.StreamId, Stop), Stop);
        var film = await ColourFilm.ReadAsync(folder.At("a.mp4"), part.Width, part.Height, Stop);
        return (film.At(30, 30), part);
    }

    /// <summary>A worker that has just started comes in within moments: until then its user is nobody here.</summary>
    private static async Task<string> SignInAsync(Desk desk, int user)
    {
        for (var tries = 0; ; tries++)
        {
            var said = await CallAsync(desk, user, "/api/v2/me");
            if (said != "403" || tries == 100)
                return said;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }
    }

    /// <returns>The status.</returns>
    private static async Task<string> CallAsync(Desk desk, int user, string path)
    {
        var (_, said) = await RunningProcess.RunAsync(
            "setpriv", [.. As(user), "curl", "-s", "-o", "/dev/null", "-u", "anna:secret", "-w", "%{http_code}", new Uri(desk.Address, path).ToString()], Stop);
        return said.Trim();
    }

    private static string[] As(int user) => [$"--reuid={user}", $"--regid={user}", "--clear-groups"];

    private static Task PaintAsync(XvfbDisplay display, string colour) => RunningProcess.RunAsync("xsetroot", ["-display", display.Name, "-solid", colour], Stop);
}
