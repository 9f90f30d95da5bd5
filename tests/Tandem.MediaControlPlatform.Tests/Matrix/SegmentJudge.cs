using Tandem.Contracts.Media;
using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>Judges a recorded segment against what was done on the stage: who is on which channel when, where the seconds
/// are, how long it is, what its report says.</summary>
internal sealed class SegmentJudge(StagedSegment staged, VoiceSegmentReport report, short[][] channels, StageFolder folder)
{
    /// <summary>sip-media.md's own bound for duration and for the skew of the channels.</summary>
    private const long ToleranceUs = 20_000;

    // Before: what was not yet on the disk. After: until the next record is tried.
    private const long RecordUs = 1_000_000;
    private const double SampleUs = 1_000_000.0 / G711.Rate;

    private bool WasKilled => staged.StopUtcUs + RecordUs > folder.KilledUtcUs;

    public void Judge(Trouble trouble)
    {
        JudgeReport();
        if (WasKilled)
            JudgeKilled();
        else
            JudgeEnd();
        JudgeVoices(trouble);
    }

    private void JudgeReport()
    {
        Assert.Equal(staged.Agent, report.RecordDn);
        Near(staged.StartUtcUs - ToleranceUs, report.StartUs, "start");
        Assert.Equal(report.StopUs - report.StartUs, channels[0].Length * 1_000_000L / G711.Rate);
        var others = staged.Spans.Where(span => span.Channel == 1 && span.FromUtcUs < report.StopUs)
            .Select(span => span.Party).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(others, report.OtherDns.Order(StringComparer.Ordinal));
        if (folder.Full.FromUtcUs == long.MaxValue)
            Assert.Equal(report.Parts[^1].StartMs + report.Parts[^1].DurationMs, (report.StopUs - report.StartUs) / 1000);
    }

    private void JudgeEnd()
    {
        Near(staged.StopUtcUs, report.StopUs, "stop");
        Assert.Equal(staged.IsStoppedByRequest ? EndReason.Stopped : EndReason.CallEnded, report.EndReason);
        Assert.Equal(staged.Expected, ToldOfCall());
        Assert.Equal(staged.Holds.Count, report.Holds.Count);
        foreach (var (hold, told) in staged.Holds.OrderBy(hold => hold.FromUtcUs).Zip(report.Holds))
        {
            Assert.Equal(hold.Party, told.Cause);
            Near(hold.FromUtcUs, report.StartUs + (told.StartMs * 1000), "hold");
            Near(hold.ToUtcUs, report.StartUs + (told.StopMs * 1000), "retrieve");
        }
        Assert.Equal(staged.Pauses.Count, report.Pauses.Count);
        foreach (var (pause, told) in staged.Pauses.Zip(report.Pauses))
        {
            Near(pause.FromUtcUs, report.StartUs + (told.StartMs * 1000), "pause");
            Near(pause.ToUtcUs, report.StartUs + (told.StopMs * 1000), "resume");
        }
    }

    /// <summary>What was told, without the disk's own story: failed while it was full, and then again what was before.</summary>
    private List<string> ToldOfCall()
    {
        var told = staged.Told.ToList();
        var failed = told.IndexOf("record.failed");
        Assert.Equal(staged.StartUtcUs < folder.Full.FromUtcUs && folder.Full.ToUtcUs < staged.StopUtcUs, failed >= 0);
        Assert.Equal(failed >= 0, report.Gaps.Any(gap => gap.Cause == HeldMedia.DiskFull));
        if (failed >= 0)
            told.RemoveRange(failed, 2);
        return told;
    }

    /// <summary>At most a second is lost, and nothing is made up.</summary>
    private void JudgeKilled()
    {
        if (staged.StopUtcUs > folder.KilledUtcUs)
            Assert.Equal(EndReason.Truncated, report.EndReason);
        var reached = Math.Min(folder.KilledUtcUs, staged.StopUtcUs);
        Assert.InRange(report.StopUs, reached - RecordUs, reached);
    }

    private void JudgeVoices(Trouble trouble)
    {
        var means = new List<double>();
        for (var channel = 0; channel < 2; channel++)
        {
            var excused = folder.Full.FromUtcUs == long.MaxValue
                ? folder.Full : (folder.Full.FromUtcUs - RecordUs, folder.Full.ToUtcUs + RecordUs);
            var ear = new ChannelEar(
                channels[channel], report.StartUs, [.. staged.Spans.Where(span => span.Channel == channel)], excused);
            Assert.Empty(ear.Judge());
            var marks = ear.Marks(out var missing);
            Assert.InRange(missing, 0, trouble.Network.LossPercent > 0 ? 1 : 0);
            Assert.All(marks, mark => Assert.InRange(mark.LateUs, -trouble.MarkToleranceUs, trouble.MarkToleranceUs));
            if (trouble.IsSteady)
                Assert.All(marks.GroupBy(mark => mark.Span), JudgeSteadiness);
            if (marks.Count > 0)
                means.Add(marks.Average(mark => mark.LateUs));
            Voices += ear.Heard;
        }
        if (means.Count == 2)
            Assert.InRange(means[0] - means[1], -ToleranceUs, ToleranceUs);
    }

    /// <summary>A stream that is not placed anew stays where it is, to the sample.</summary>
    private static void JudgeSteadiness(IEnumerable<MarkError> marks)
    {
        var late = marks.Select(mark => mark.LateUs).ToList();
        Assert.InRange(late.Max() - late.Min(), 0, 2 * SampleUs);
    }

    /// <summary>Windows in which a voice was where it belonged.</summary>
    public int Voices { get; private set; }

    private static void Near(long wanted, long found, string what) =>
        Assert.True(Math.Abs(found - wanted) <= ToleranceUs, $"{what} is {(found - wanted) / 1000.0:0.0} ms off");
}
