using Tandem.Contracts.Media;
using Tandem.Media.Codecs;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Engine;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Tests.Recording;

public sealed class SegmentRecorderTests
{
    private readonly CallWorld _world = new();

    [Fact]
    public void Each_party_is_on_its_channel_at_its_time()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        _world.Run(300);
        var (recorder, sink) = _world.Record("7001");
        Assert.Equal([MsmlEvent.RecordStarted], sink.Told);
        Assert.Equal(1, sink.Records);
        _world.Run(5000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var report = sink.Report!;
        Assert.Equal(CallWorld.ZeroUtcUs + 10_280_000, report.StartUs);
        Assert.Equal(5_020_000, report.StopUs - report.StartUs);
        Assert.Equal((EndReason.Stopped, "7001"), (report.EndReason, report.RecordDn));
        Assert.Equal(["555"], report.OtherDns);
        Assert.Equal(("audio/PCMA", 8000, 5020L), Only(report));
        Hears(sink.Channel(0), 8000, report.StartUs, 880, [440]);
        Hears(sink.Channel(1), 8000, report.StartUs, 440, [880]);
        Assert.Equal(MsmlEvent.RecordEnded, sink.Told[^1]);
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("jitter")]
    [InlineData("reorder")]
    [InlineData("duplicate")]
    [InlineData("ssrc")]
    public void A_bad_network_moves_nothing(string trouble)
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440);
        var random = new Random(4711);
        _world.Delay = trouble switch
        {
            "loss" => _ => random.Next(100) == 0 ? null : 400,
            "jitter" => _ => random.Next(50_000),
            "reorder" => _ => random.Next(20) == 0 ? 45_000 : 400,
            _ => _ => 400,
        };
        _world.Copies = _ => trouble == "duplicate" ? 2 : 1;
        _world.Run(500);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(3000);
        if (trouble == "ssrc")
            agent.Ssrc = 99;
        _world.Run(3000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var report = sink.Report!;
        Assert.Equal(6020, report.Parts[0].DurationMs);
        Hears(sink.Channel(0), 8000, report.StartUs, 880, [440]);
        Hears(sink.Channel(1), 8000, report.StartUs, 440, [880]);
    }

    [Fact]
    public void What_the_network_lost_is_silent_and_reported_as_a_gap()
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        agent.IsMute = true;
        _world.Run(600);
        agent.IsMute = false;
        _world.Run(2000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var gap = Assert.Single(sink.Report!.Gaps);
        Assert.Equal("loss 7001", gap.Cause);
        Assert.InRange(gap.StartMs, 1999, 2003);
        Assert.InRange(gap.StopMs, 2599, 2603);
        Assert.All(sink.Channel(0)[(8 * 2005)..(8 * 2595)], sample => Assert.InRange(sample, -8, 8));
        Assert.InRange(Spectrum.LevelDbfs(sink.Channel(1).AsSpan(8 * 2100, 8 * 400)), -13, -11);
    }

    [Fact]
    public void A_pause_is_silence_of_its_length_and_is_reported()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        recorder.Pause(_world.NowUs);
        _world.Run(1500);
        recorder.Resume(_world.NowUs);
        _world.Run(2000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        Assert.Equal([new MediaInterval(2020, 3520)], sink.Report!.Pauses);
        Assert.Contains(MsmlEvent.RecordPaused, sink.Told);
        Assert.Contains(MsmlEvent.RecordResumed, sink.Told);
        for (var channel = 0; channel < 2; channel++)
        {
            var pcm = sink.Channel(channel);
            Assert.All(pcm[(8 * 2020)..(8 * 3520)], sample => Assert.InRange(sample, -8, 8));
            Assert.InRange(Spectrum.LevelDbfs(pcm.AsSpan(8 * 1800, 8 * 200)), -13, -11);
            Assert.InRange(Spectrum.LevelDbfs(pcm.AsSpan(8 * 3800, 8 * 200)), -13, -11);
            Assert.Equal(8 * 5520, pcm.Length);
        }
    }

    [Fact]
    public void A_third_party_is_on_the_other_side_from_its_joining_on()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        _world.Join("7002", 1320);
        _world.Run(2000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        Assert.Equal(["555", "7002"], sink.Report!.OtherDns);
        var other = sink.Channel(1);
        Assert.InRange(Spectrum.ToneDbfs(other.AsSpan(8 * 1100, 8 * 800), 8000, 1320), -120, -50);
        Assert.InRange(Spectrum.ToneDbfs(other.AsSpan(8 * 3100, 8 * 800), 8000, 1320), -13, -11);
        Assert.InRange(Spectrum.ToneDbfs(other.AsSpan(8 * 3100, 8 * 800), 8000, 440), -13, -11);
        Assert.InRange(Spectrum.ToneDbfs(sink.Channel(0).AsSpan(8 * 3100, 8 * 800), 8000, 1320), -120, -50);
        Assert.Equal(440, Spectrum.PeakFrequency(other.AsSpan(8 * 1100, 8 * 800), 8000), 1.0);
    }

    [Fact]
    public void Who_only_passes_through_at_a_transfer_is_not_a_party_of_the_segment()
    {
        var first = _world.Join("7001", 880);
        _world.Join("555", 440);
        var (one, oneSink) = _world.Record("7001");
        _world.Run(2000);
        _world.Join("7002", 1320);
        var (two, twoSink) = _world.Record("7002");
        _world.Run(100);
        one.Stop(_world.NowUs, null);
        _world.Leave(first);
        _world.Run(2000);
        two.Stop(_world.NowUs, null);
        _world.Run(300);
        Assert.Equal((EndReason.CallEnded, "555"), (oneSink.Report!.EndReason, Assert.Single(oneSink.Report.OtherDns)));
        Assert.Equal(["555"], twoSink.Report!.OtherDns);
        Hears(twoSink.Channel(1)[4000..], 8000, twoSink.Report.StartUs + 500_000, 440, [880]);
    }

    [Fact]
    public void The_agent_s_law_is_kept_and_wideband_opens_a_part_on_the_same_axis()
    {
        _world.Join("7001", 880, AudioCodec.Pcmu);
        var customer = _world.Join("555", 440, AudioCodec.Pcma);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        _world.Leave(customer);
        _world.Join("556", 1760, AudioCodec.G722);
        _world.Run(2500);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var report = sink.Report!;
        Assert.Equal(["audio/PCMU", "audio/L16"], report.Parts.Select(part => part.MediaType));
        Assert.Equal(report.Parts[1].StartMs, report.Parts[0].DurationMs);
        Assert.Equal(4520, report.Parts[1].StartMs + report.Parts[1].DurationMs);
        Hears(sink.Channel(0), 8000, report.StartUs, 880, [440]);
        var startUs = report.StartUs + (report.Parts[1].StartMs * 1000);
        Hears(sink.Channel(0, 1), 16_000, startUs, 880, [1760]);
        Hears(sink.Channel(1, 1)[8000..], 16_000, startUs + 500_000, 1760, [880], threshold: 400);
    }

    [Fact]
    public void A_disk_that_hangs_costs_audio_but_not_the_axis()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        sink.IsFull = true;
        _world.Run(4000);
        sink.IsFull = false;
        _world.Run(3000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var report = sink.Report!;
        Assert.Equal(9_020_000, report.StopUs - report.StartUs);
        Assert.Equal(8 * 9020, sink.Channel(0).Length);
        var tail = sink.Channel(0)[(8 * 6000)..];
        Hears(tail, 8000, report.StartUs + 6_000_000, 880, [440]);
    }

    [Fact]
    public void The_report_on_disk_is_never_far_behind()
    {
        _world.Join("7001", 880);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(1000);
        recorder.Pause(_world.NowUs);
        Assert.Equal(EndReason.Truncated, sink.Last!.EndReason);
        Assert.Equal([new MediaInterval(1020, 1020)], sink.Last.Pauses);
        Assert.Single(sink.Last.Parts);
        _world.Join("555", 440);
        Assert.Equal(["555"], sink.Last.OtherDns);
    }

    private static (string, int, long) Only(VoiceSegmentReport report)
    {
        var part = Assert.Single(report.Parts);
        return (part.MediaType, part.Rate, part.DurationMs);
    }

    /// <summary>The tone is there, the others are not, and its marks stand at the whole seconds within 5 ms.</summary>
    private static void Hears(short[] pcm, int rate, long startUtcUs, double tone, double[] others, int threshold = 64)
    {
        var middle = pcm.AsSpan(pcm.Length / 2, rate * 3 / 5);
        Assert.Equal(tone, Spectrum.PeakFrequency(middle, rate), 2.0);
        foreach (var other in others)
            Assert.InRange(Spectrum.ToneDbfs(middle, rate, other), -120, -45);
        var errorUs = SilenceFinder.MarkErrorUs(pcm, rate, startUtcUs, out var marks, threshold);
        Assert.True(marks >= 1, "no second marks were found");
        Assert.InRange(errorUs, -5000, 5000);
    }
}
