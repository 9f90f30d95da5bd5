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
    public void Each_party_has_a_file_of_its_own_where_that_was_asked_for()
    {
        _world.Join("7001", 880);
        var customer = _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001", stems: true);
        _world.Run(2000);
        _world.Join("7002", 1320);
        _world.Run(2000);
        _world.Leave(customer);
        recorder.Pause(_world.NowUs);
        _world.Run(1000);
        recorder.Resume(_world.NowUs);
        _world.Run(1000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var stems = sink.Report!.Stems;
        Assert.Equal(["7001", "555", "7002"], stems.Select(stem => stem.Dn));
        Assert.Equal([20L, 20L, 2020L], stems.Select(stem => stem.StartMs / 20 * 20).Select(ms => ms < 1000 ? 20L : 2020L));
        Assert.Equal(3, stems.Select(stem => stem.StreamId).Distinct().Count());
        for (var i = 0; i < 3; i++)
        {
            var pcm = sink.Others[i].Only();
            Assert.Equal(stems[i].DurationMs * 8, pcm.Length);
            var hz = new[] { 880, 440, 1320 }[i];
            Assert.Equal(hz, Spectrum.PeakFrequency(pcm.AsSpan(8 * 1100, 8 * 700), 8000), 2.0);
            foreach (var other in new[] { 880, 440, 1320 }.Where(one => one != hz))
                Assert.InRange(Spectrum.ToneDbfs(pcm.AsSpan(8 * 1100, 8 * 700), 8000, other), -120, -45);
            Assert.True(sink.Others[i].IsClosed);
        }
        // The pause is silence in the single files too.
        var paused = Assert.Single(sink.Report.Pauses);
        var agent = sink.Others[0].Only();
        var from = (int)(8 * (paused.StartMs - stems[0].StartMs));
        Assert.All(agent[from..(from + 8000)], sample => Assert.InRange(sample, -8, 8));
    }

    [Fact]
    public void Sources_are_listed_with_their_place_on_the_axis()
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440, AudioCodec.Pcmu);
        _world.Run(500);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        agent.Ssrc = 99;
        _world.Run(1000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var anchors = sink.Report!.Anchors;
        Assert.Equal([("7001", 880u, "PCMA"), ("555", 440u, "PCMU"), ("7001", 99u, "PCMA")], anchors.Select(one => (one.Dn, one.Ssrc, one.Codec)));
        // Both were there 500 ms before, and the new source's first packet was spoken at 2 s.
        Assert.InRange(anchors[0].AtMs, -502, -497);
        Assert.InRange(anchors[2].AtMs, 1998, 2022);
        Assert.Equal((uint)880 * 7919, anchors[0].RtpTimestamp);
        Assert.All(anchors, one => Assert.Null(one.SenderUtcUs));
    }

    [Fact]
    public void What_is_suspended_goes_on_in_a_new_part_and_the_hole_is_a_gap()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        recorder.Suspend();
        _world.Run(5000);
        Assert.Equal(MsmlEvent.RecordFailed, sink.Told[^1]);
        recorder.GoOn(_world.NowUs);
        Assert.Equal(MsmlEvent.RecordStarted, sink.Told[^1]);
        _world.Run(3000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var report = sink.Report!;
        Assert.Equal(10_020_000, report.StopUs - report.StartUs);
        var gap = Assert.Single(report.Gaps);
        Assert.Equal("disk-full", gap.Cause);
        Assert.Equal((gap.StartMs, gap.StopMs), (report.Parts[0].DurationMs, report.Parts[1].StartMs));
        Assert.InRange(gap.StopMs, 6800, 6900);
        Assert.Equal(10_020, report.Parts[1].StartMs + report.Parts[1].DurationMs);
        Hears(sink.Channel(0, 1), 8000, report.StartUs + (report.Parts[1].StartMs * 1000), 880, [440]);
        Hears(sink.Channel(1, 1), 8000, report.StartUs + (report.Parts[1].StartMs * 1000), 440, [880]);
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
