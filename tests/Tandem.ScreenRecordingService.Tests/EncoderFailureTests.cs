using System.Collections.Concurrent;
using Tandem.Lab.Screens;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>An encoder that breaks in the middle of a capture: another kind goes on, in a new part.</summary>
public sealed class EncoderFailureTests
{
    private const string Fault = "The test broke it.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_capture_goes_on_with_the_next_encoder_and_says_why()
    {
        using var folder = new TempFolder();
        await using var display = await XvfbDisplay.StartAsync(640, 360, Stop);
        await using var painted = PaintedScreen.Start(display.Name, "agent 1", TimeProvider.System);
        var parts = new Parts();
        var failures = new ConcurrentQueue<string>();
        await using var loop = RunningLoop.Start(new CaptureLoop(
            Captures.Open(display.Name, []),
            (picture, wanted, before) =>
            {
                failures.Enqueue(string.Join(' ', before));
                return before.Count == 0 ? new BreakingEncoder(new Vp9Encoder(picture)) : Encoders.Open(picture, wanted, before);
            },
            parts, TimeProvider.System));
        loop.Request(new CaptureRequest("one", false, 10));
        await Eventually.HoldsAsync(() => parts.Bytes.TryGetValue(1, out var bytes) && bytes.Length > 20_000, Stop);
        await loop.EndAsync();
        Assert.Equal(["", Fault], failures);
        Assert.Equal(Fault, parts.Endings[0].Problem);
        Assert.Equal("ffmpeg VP9", parts.Beginnings[1].Encoder);
        foreach (var part in (int[])[0, 1])
        {
            await File.WriteAllBytesAsync(folder.At("part.mp4"), parts.Bytes[part].ToArray(), Stop);
            (await Film.ReadAsync(folder.At("part.mp4"), Stop)).AssertOnTime(parts.Beginnings[part].FirstFrameUs / 1_000);
        }
        var gapMs = (parts.Beginnings[1].FirstFrameUs - parts.Beginnings[0].FirstFrameUs) / 1_000 - parts.Endings[0].DurationMs;
        Assert.InRange(gapMs, 0, 3_000);
    }

    private sealed class BreakingEncoder(IEncoder inner) : IEncoder
    {
        private int left = 20;

        public VideoTrack Track => inner.Track;
        public string Name => inner.Name;
        public string? Degraded => inner.Degraded;

        public EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine) =>
            left-- > 0 ? inner.Encode(picture, timeMs, key, refine) : throw new EncoderException(Fault);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Parts : ICaptureSink
    {
        public ConcurrentDictionary<int, PartBegun> Beginnings { get; } = [];
        public ConcurrentDictionary<int, PartEnded> Endings { get; } = [];
        public ConcurrentDictionary<int, MemoryStream> Bytes { get; } = [];
        private int current;

        public void Begun(PartBegun part, byte[] init)
        {
            current = part.Part;
            Beginnings[current] = part;
            Bytes[current] = new MemoryStream();
            Bytes[current].Write(init);
        }

        public void Fragment(Fragment fragment) => Bytes[current].Write(fragment.Bytes);

        public void Ended(PartEnded part) => Endings[part.Part] = part;

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
