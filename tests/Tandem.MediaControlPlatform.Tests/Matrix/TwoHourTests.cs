using Tandem.Lab.Network;
using Tandem.Media.Codecs;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>A long call of two phones whose clocks drift apart: the seconds stay where they are to the end.</summary>
public sealed class TwoHourTests
{
    private const long BoundUs = 20_000;

    [Fact]
    public async Task Two_hours_of_drift_and_loss_move_no_voice_by_more_than_20_ms()
    {
        Assert.SkipUnless(Tool.Long, "Two hours, in a minute: with TANDEM_LONG=1.");
        await JudgeAsync(minutes: 120);
    }

    [Fact]
    public Task Five_minutes_of_drift_and_loss_move_no_voice_by_more_than_20_ms() => JudgeAsync(minutes: 5);

    private static async Task JudgeAsync(int minutes)
    {
        var trouble = new Trouble(new Impairment { LossPercent = 1, SkewPpm = 200, JitterMs = 10, Seed = 5 });
        using var folder = new StageFolder();
        await using var stage = new Stage(folder, trouble);
        var (customer, agent) = (stage.Phone("customer"), stage.Phone("a1"));
        stage.Join("u1", customer, agent);
        var segment = stage.Record("u1", agent);
        stage.Run(minutes * 60_000);
        stage.Stop(segment);
        stage.HangUp(customer);
        stage.HangUp(agent);
        stage.Run(1000);
        var recorded = new RecordedSpool(folder.Spool, folder.Certificate);
        var report = recorded.Report(segment.Id);
        Assert.InRange(report.StopUs - segment.StopUtcUs, -BoundUs, BoundUs);
        var channels = recorded.Listen(report);
        var means = new double[2];
        for (var channel = 0; channel < 2; channel++)
        {
            Assert.Equal((report.StopUs - report.StartUs) / 1000 * 8, channels[channel].Length);
            means[channel] = JudgeMinutes(channels[channel], report.StartUs, segment, channel);
        }
        Assert.InRange(means[0] - means[1], -BoundUs, BoundUs);
    }

    /// <returns>The mean error of all marks.</returns>
    private static double JudgeMinutes(short[] pcm, long startUtcUs, StagedSegment segment, int channel)
    {
        const int Minute = 60 * G711.Rate;
        var all = new List<double>();
        var spans = segment.Spans.Where(span => span.Channel == channel).ToList();
        for (var at = 0; at + Minute <= pcm.Length; at += Minute)
        {
            var ear = new ChannelEar(
                pcm[at..(at + Minute)], startUtcUs + (at * 1_000_000L / G711.Rate), spans, (long.MaxValue, long.MaxValue));
            var marks = ear.Marks(out var missing);
            Assert.InRange(missing, 0, 3);
            Assert.All(marks, mark => Assert.InRange(mark.LateUs, -BoundUs, BoundUs));
            Assert.InRange(marks.Count, 50, 60);
            all.AddRange(marks.Select(mark => mark.LateUs));
        }
        return all.Average();
    }
}
