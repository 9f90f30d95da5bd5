using Tandem.Lab.Screens;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A machine that sleeps. Nothing here can be suspended, so the count of slept time is ours; all else is real.</summary>
public sealed class SuspendTests
{
    private const long SleepMs = 5_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_sleep_a_part_of_its_own_begins_at_its_own_time()
    {
        await using var display = await XvfbDisplay.StartAsync(640, 480, Stop);
        var sink = new Parts();
        var slept = 0L;
        await using var running = RunningLoop.Start(new CaptureLoop(
            Captures.Open(display.Name, []), Encoders.Open, sink, TimeProvider.System, () => Interlocked.Read(ref slept)));
        running.Request(new CaptureRequest("c1", false, 10));
        await Eventually.HoldsAsync(() => sink.Begun.Count == 1, Stop);
        Interlocked.Add(ref slept, SleepMs);
        // What wakes the loop is of no account: the screen, a request, anything.
        running.Request(new CaptureRequest("c1", false, 11));
        await Eventually.HoldsAsync(() => sink.Begun.Count == 2, Stop);
        await running.EndAsync();
        var (before, after) = (sink.Begun[0], sink.Begun[1]);
        Assert.Equal("suspended", after.GapCause);
        var apartMs = (after.FirstFrameUs - before.FirstFrameUs) / 1_000;
        Assert.Equal((after.SteadyUs - before.SteadyUs) / 1_000, apartMs);
        Assert.InRange(apartMs - sink.Ended[0].DurationMs, SleepMs, SleepMs + 1_000);
        Assert.All(sink.Ended, part => Assert.Null(part.Problem));
    }

    private sealed class Parts : ICaptureSink
    {
        public List<PartBegun> Begun { get; } = [];
        public List<PartEnded> Ended { get; } = [];

        void ICaptureSink.Begun(PartBegun part, byte[] init) => Begun.Add(part);

        void ICaptureSink.Ended(PartEnded part) => Ended.Add(part);

        public void Fragment(Fragment fragment)
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
