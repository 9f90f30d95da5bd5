using System.Diagnostics;
using Tandem.Lab.Screens;
using Tandem.Lab.Senses;
using Tandem.TestKit;

namespace Tandem.SystemTests.Lab;

/// <summary>The painted screen shows what it says, and the eye reads it: ffmpeg's own screen grabber between them.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class EyeTests
{
    [Fact]
    public async Task Squares_show_tenths_of_seconds_of_utc()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(1280, 720, stop);
        await using var screen = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        var file = folder.At("grab.mp4");
        var began = TimeProvider.System.GetUtcNow();
        await GrabAsync(display.Name, file, stop);

        var frames = await Eye.LookAsync(file, stop);

        Assert.True(frames.Count >= 60, $"{frames.Count} frames");
        Assert.All(frames, frame => Assert.NotNull(frame.Clock));
        var first = SquareClock.StartOf(frames[0].Clock!.Value, began.ToUnixTimeMilliseconds());
        Assert.InRange(first - began.ToUnixTimeMilliseconds(), -200, 5000);
        var values = frames.Select(frame => frame.Clock!.Value).Distinct().ToArray();
        // A busy machine may miss ticks; none may be shown twice or out of order.
        Assert.Equal(values.Order(), values);
        Assert.InRange(values[^1] - values[0], 25, 32);
        Assert.InRange(values.Length, 12, 32);
    }

    private static async Task GrabAsync(string display, string file, CancellationToken stop)
    {
        using var grabber = Process.Start("ffmpeg",
        [
            "-nostdin", "-v", "error", "-f", "x11grab", "-framerate", "30", "-video_size", "1280x720", "-i", display,
            "-t", "3", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "20", file,
        ]);
        await grabber.WaitForExitAsync(stop);
        Assert.Equal(0, grabber.ExitCode);
    }
}
