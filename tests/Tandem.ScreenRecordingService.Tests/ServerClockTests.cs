using Tandem.ScreenRecordingService.Service;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Where a screen stands beside its call hangs on the server's clock as this machine knows it.</summary>
public sealed class ServerClockTests
{
    private const long AheadUs = 5_000_000;
    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_thread_that_is_put_aside_after_the_answer_came_shifts_nothing(int asideMs)
    {
        var clock = new ServerClock(_time, () => 0);
        Exchange(clock, outMs: 2, backMs: 2, asideMs);
        Assert.Equal(_time.NowUs() + AheadUs, clock.ToServerUs(clock.SteadyUs));
        Assert.Equal(AheadUs, clock.OffsetUs);
    }

    [Fact]
    public void The_quickest_of_the_newest_answers_is_believed_and_a_set_clock_changes_nothing()
    {
        var clock = new ServerClock(_time, () => 0);
        Exchange(clock, outMs: 80, backMs: 0, asideMs: 0);
        Exchange(clock, outMs: 1, backMs: 1, asideMs: 0);
        Exchange(clock, outMs: 0, backMs: 60, asideMs: 0);
        var truth = _time.NowUs() + AheadUs;
        _time.StepUtc(TimeSpan.FromHours(-1));
        Assert.Equal(truth, clock.ToServerUs(clock.SteadyUs));
    }

    private void Exchange(ServerClock clock, int outMs, int backMs, int asideMs)
    {
        var origin = _time.NowUs();
        _time.Advance(TimeSpan.FromMilliseconds(outMs));
        var server = _time.NowUs() + AheadUs;
        _time.Advance(TimeSpan.FromMilliseconds(backMs));
        var arrival = _time.NowUs();
        _time.Advance(TimeSpan.FromMilliseconds(asideMs));
        clock.Add(origin, server, server, arrival);
    }
}
