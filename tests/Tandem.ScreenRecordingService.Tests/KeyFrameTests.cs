using System.Collections.Concurrent;
using Tandem.Lab.Screens;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Whoever joins a live view asks for a key frame, and can only begin with a fragment that begins with it.</summary>
public sealed class KeyFrameTests
{
    private const int Asked = 8;

    // Between two pictures of a screen that changes ten times a second, so that others wait for their fragment.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(330);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_frame_that_was_asked_for_begins_a_fragment()
    {
        await using var display = await XvfbDisplay.StartAsync(1280, 720, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        var sink = new Fragments();
        await using var loop = RunningLoop.Start(new CaptureLoop(Captures.Open(display.Name, []), Encoders.Open, sink, TimeProvider.System, () => 0));
        loop.Request(new CaptureRequest("c1", false, 10));
        await Eventually.HoldsAsync(() => !sink.Keys.IsEmpty, Stop);
        for (var asked = 1; asked <= Asked; asked++)
        {
            await Task.Delay(Between, TimeProvider.System, Stop);
            loop.Request(new CaptureRequest("c1", false, 10, asked));
        }

        // The first picture is one too.
        await Eventually.HoldsAsync(() => sink.Keys.Count(key => key) == 1 + Asked, Stop);
        await loop.EndAsync();
        Assert.Equal(1 + Asked, sink.Keys.Count(key => key));
        Assert.Contains(false, sink.Keys);
    }

    private sealed class Fragments : ICaptureSink
    {
        public ConcurrentQueue<bool> Keys { get; } = [];

        public void Fragment(Fragment fragment) => Keys.Enqueue(fragment.Key);

        public void Begun(PartBegun part, byte[] init)
        {
        }

        public void Ended(PartEnded part)
        {
        }

        public void PausedChanged(bool paused, long atUs)
        {
        }

        public void AwayChanged(string? cause, long atUs)
        {
        }

        public void Stopped(string captureId, string? problem)
        {
        }
    }
}
