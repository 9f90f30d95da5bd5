using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Service;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>What a service takes over from one that was killed.</summary>
public sealed class FiledCaptureTests
{
    private const long StartUs = 1_800_000_000_000_000;

    /// <summary>A pause that had begun when the service was killed goes on, whether the last report knew of it or not.</summary>
    [Theory]
    [InlineData("", "3000-5000")] // not written yet
    [InlineData("3100-4000", "3100-5000")] // known, and more exactly
    [InlineData("1000-2000", "1000-2000 3000-5000")] // another was over
    [InlineData("1000-2000 3100-5000", "1000-2000 3100-5000")]
    public void A_pause_goes_on_where_the_service_before_left_it(string reported, string expected)
    {
        var restored = FiledCapture.Restore(Report(reported), StartUs + 3_000_000);
        var pauses = restored.Report("d", new ServerClock(new FakeTime(), () => 0), EndReason.CallEnded).Pauses;
        Assert.Equal(expected, string.Join(' ', pauses.Select(pause => $"{pause.StartMs}-{pause.StopMs}")));
    }

    [Fact]
    public void What_was_not_paused_is_not_paused()
    {
        var restored = FiledCapture.Restore(Report("1000-2000"), null);
        var pause = Assert.Single(restored.Report("d", new ServerClock(new FakeTime(), () => 0), EndReason.CallEnded).Pauses);
        Assert.Equal((1000, 2000), (pause.StartMs, pause.StopMs));
    }

    private static ScreenCaptureReport Report(string pauses) => new()
    {
        CaptureId = "c",
        AgentId = "a1",
        DeviceId = "d",
        StartUs = StartUs,
        StopUs = StartUs + 5_000_000,
        Parts = [new ScreenPart("s", "vp09", 64, 64, 0, 5_000)],
        Pauses = [.. pauses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('-').Select(long.Parse).ToArray())
            .Select(span => new MediaInterval(span[0], span[1]))],
        EndReason = EndReason.Truncated,
    };
}
