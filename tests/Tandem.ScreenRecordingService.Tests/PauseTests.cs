using System.Diagnostics;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A pause that is asked for on this PC, with the server unreachable: what is shown meanwhile is nowhere afterwards.</summary>
public sealed class PauseTests
{
    private const string Shown = "#20c040";
    private const string Secret = "#d010c8";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_server_a_pause_is_black_within_200_ms_and_its_screen_is_nowhere()
    {
        Assert.SkipUnless(Tool.Missing("xsetroot") is null, "xsetroot is not installed.");
        await using var desk = new Desk();
        await desk.BeginAsync(paint: false);
        await PaintAsync(desk, Shown);
        var token = await desk.PairAsync();
        var captureId = await desk.CaptureAsync();
        await desk.Rws.StopAsync();
        var requests = new List<(long AskedUs, double AnsweredMs)>();
        for (var i = 0; i < 5; i++)
        {
            var (askedUs, began) = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000, Stopwatch.GetTimestamp());
            await AskAsync(desk, token, "pause", "paused");
            requests.Add((askedUs, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
            await PaintAsync(desk, Secret);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Stop);
            Assert.False(await MemoryScan.HoldsAsync(await WorkerIdAsync(desk), SecretPixels, Stop), "the worker's memory shows it");
            Assert.False(await MemoryScan.HoldsAsync(desk.Service.Id, SecretPixels, Stop), "the service's memory shows it");
            await PaintAsync(desk, Shown);
            await AskAsync(desk, token, "resume", "recording");
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Stop);
        }
        await desk.Rws.StartAsync();
        var report = await desk.EndAsync(captureId);
        Assert.Equal(5, report.Pauses.Count);
        // The middle one of five: a busy machine may delay some.
        var latencies = requests.Zip(report.Pauses, (r, p) => report.StartUs / 1_000 + p.StartMs - r.AskedUs / 1_000).Order().ToArray();
        Assert.InRange(latencies[2], -5, 200);
        Assert.InRange(requests.Select(r => r.AnsweredMs).Order().ElementAt(2), 0, 400);
        var colours = await ColoursAsync(desk, Assert.Single(report.Parts).StreamId);
        // The pointer is white: only the secret is red and not green.
        Assert.DoesNotContain(colours, p => p.Red > 60 && p.Green < 60);
        Assert.Contains(colours, p => p.Green > 120);
        Assert.Contains(colours, p => p.Green < 20);
    }

    /// <summary>Blue, green, red and one of no meaning, as X has it in memory; a stretch as no chance brings about.</summary>
    private static byte[] SecretPixels => [.. Enumerable.Repeat(new byte[] { 0xC8, 0x10, 0xD0, 0x00 }, 16).SelectMany(pixel => pixel)];

    private static async Task AskAsync(Desk desk, (string, string) token, string row, string expected)
    {
        using var reply = await desk.SendAsync(HttpMethod.Post, $"/tandem/{row}", "{}", headers: [token]);
        Assert.Contains($"\"state\":\"{expected}\"", await reply.Content.ReadAsStringAsync(Stop));
    }

    private static async Task PaintAsync(Desk desk, string colour)
    {
        var (code, said) = await RunningProcess.RunAsync("xsetroot", ["-display", desk.Display.Name, "-solid", colour], Stop);
        Assert.True(code == 0, said);
    }

    private static async Task<int> WorkerIdAsync(Desk desk)
    {
        var (_, found) = await RunningProcess.RunAsync("pgrep", ["-P", $"{desk.Service.Id}"], Stop);
        return int.Parse(found.Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Of every frame, a grid of its pixels.</summary>
    private static async Task<(int Red, int Green)[]> ColoursAsync(Desk desk, string streamId)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.At("a.mp4"), await desk.Rws.MediaAsync(streamId, Stop), Stop);
        var (code, said) = await RunningProcess.RunAsync(
            "ffmpeg",
            ["-v", "error", "-i", folder.At("a.mp4"), "-fps_mode", "passthrough", "-vf", "scale=64:38:flags=neighbor,format=rgb24", "-f", "rawvideo", folder.At("pixels")], Stop);
        Assert.True(code == 0, said);
        return [.. File.ReadAllBytes(folder.At("pixels")).Chunk(3).Select(p => ((int)p[0], (int)p[1]))];
    }
}
