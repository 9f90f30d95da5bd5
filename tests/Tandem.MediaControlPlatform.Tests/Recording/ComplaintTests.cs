using Tandem.Contracts.Media;
using Tandem.Media.Codecs;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Tests.Engine;

namespace Tandem.MediaControlPlatform.Tests.Recording;

/// <summary>What users of other recorders complain of, each as a call in virtual time (docs/complaints.md).</summary>
public sealed class ComplaintTests
{
    private readonly CallWorld _world = new();

    [Fact]
    public void A_hold_of_20_s_is_silence_of_its_length_and_the_voice_comes_back()
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        Direct(agent, false);
        _world.Run(20_000);
        Direct(agent, true);
        _world.Run(2000);
        var report = Stop(recorder, sink);
        var hold = Assert.Single(report.Holds);
        Assert.Equal((2020, 22_020, "7001"), (hold.StartMs, hold.StopMs, hold.Cause));
        Assert.Equal(24_020, Assert.Single(report.Parts).DurationMs);
        Assert.All(sink.Channel(0)[(8 * 2040)..(8 * 22_000)], sample => Assert.InRange(sample, -8, 8));
        Assert.Equal(880, Spectrum.PeakFrequency(sink.Channel(0).AsSpan(8 * 22_300, 8 * 600), 8000), 2.0);
        Assert.InRange(Spectrum.LevelDbfs(sink.Channel(1).AsSpan(8 * 10_100, 8 * 800)), -14, -10);
    }

    [Fact]
    public void Silence_that_is_not_sent_is_silence_in_its_place_and_no_gap()
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2000);
        // DTX: comfort noise (RFC 3389) now and then under the next number, then voice that goes on in number and in time.
        agent.IsResting = true;
        for (var i = 0; i < 10; i++)
        {
            agent.Deliver(agent.ComfortNoise(), _world.NowUs);
            _world.Run(300);
        }
        agent.IsResting = false;
        _world.Run(2000);
        var report = Stop(recorder, sink);
        Assert.Empty(report.Gaps);
        Assert.Equal(7020, Assert.Single(report.Parts).DurationMs);
        Assert.All(sink.Channel(0)[(8 * 2030)..(8 * 4990)], sample => Assert.InRange(sample, -8, 8));
        var errorUs = SilenceFinder.MarkErrorUs(sink.Channel(0).AsSpan(8 * 5100), 8000, report.StartUs + 5_100_000, out var marks);
        Assert.InRange(marks, 1, 3);
        Assert.InRange(errorUs, -5000, 5000);
    }

    [Fact]
    public void A_call_in_which_one_side_never_speaks_has_its_whole_file()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440).IsMute = true;
        var (recorder, sink) = _world.Record("7001");
        _world.Run(3000);
        var report = Stop(recorder, sink);
        Assert.Equal(3020, Assert.Single(report.Parts).DurationMs);
        Assert.Equal(880, Spectrum.PeakFrequency(sink.Channel(0).AsSpan(8 * 500, 8 * 2000), 8000), 2.0);
        Assert.All(sink.Channel(1), sample => Assert.InRange(sample, -8, 8));
        Assert.Equal(["555"], report.OtherDns);
    }

    [Fact]
    public void No_party_vanishes_however_often_its_source_changes()
    {
        var agent = _world.Join("7001", 880);
        var customer = _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        for (uint i = 1; i <= 12; i++)
        {
            (agent.Ssrc, customer.Ssrc) = (1000 + i, 2000 + i);
            _world.Run(500);
        }
        var report = Stop(recorder, sink);
        Assert.Equal(24, report.Anchors.Count);
        for (var at = 100; at + 200 < 6000; at += 500)
        {
            Assert.InRange(Spectrum.ToneDbfs(sink.Channel(0).AsSpan(8 * at, 8 * 200), 8000, 880), -16, -10);
            Assert.InRange(Spectrum.ToneDbfs(sink.Channel(1).AsSpan(8 * at, 8 * 200), 8000, 440), -16, -10);
        }
    }

    [Fact]
    public void The_last_words_before_the_end_are_there()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(3300);
        Stop(recorder, sink);
        for (var channel = 0; channel < 2; channel++)
            Assert.InRange(Spectrum.LevelDbfs(sink.Channel(channel).AsSpan()[^320..]), -14, -10);
    }

    [Fact]
    public void A_call_of_ten_minutes_is_ten_minutes_long_and_both_sides_stay_together()
    {
        _world.Join("7001", 880);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(600_000);
        var report = Stop(recorder, sink);
        Assert.Equal(600_020, Assert.Single(report.Parts).DurationMs);
        for (var channel = 0; channel < 2; channel++)
        {
            var tail = sink.Channel(channel)[^(8 * 5020)..];
            var errorUs = SilenceFinder.MarkErrorUs(tail, 8000, report.StartUs + 595_000_000, out var marks);
            Assert.True(marks >= 4, $"{marks} marks");
            Assert.InRange(errorUs, -1000, 1000);
        }
    }

    [Fact]
    public void A_party_that_changes_its_codec_by_itself_stays_on_its_channel()
    {
        var agent = _world.Join("7001", 880);
        agent.Leg.Apply(agent.Leg.Media! with { Others = [(0, AudioCodec.Pcmu), (9, AudioCodec.G722)] }, _world.NowUs);
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(2600);
        agent.Change(AudioCodec.Pcmu);
        _world.Run(2600);
        agent.Change(AudioCodec.G722);
        _world.Run(2600);
        var report = Stop(recorder, sink);
        Assert.Equal(["audio/PCMA", "audio/PCMU", "audio/L16"], report.Parts.Select(part => part.MediaType));
        Assert.Equal(["PCMA", "PCMU", "G722"], report.Anchors.Where(one => one.Dn == "7001").Select(one => one.Codec));
        Assert.Equal(880, Spectrum.PeakFrequency(sink.Channel(0).AsSpan(8 * 300, 8 * 1000), 8000), 2.0);
        Assert.Equal(880, Spectrum.PeakFrequency(sink.Channel(0, 1).AsSpan(8 * 300, 8 * 1000), 8000), 2.0);
        Assert.Equal(880, Spectrum.PeakFrequency(sink.Channel(0, 2).AsSpan(16 * 300, 16 * 1000), 16_000), 2.0);
        for (var part = 0; part < 3; part++)
        {
            var rate = part == 2 ? 16_000 : 8000;
            Assert.Equal(440, Spectrum.PeakFrequency(sink.Channel(1, part).AsSpan(rate * 3 / 10, rate * 8 / 10), rate), 2.0);
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public void Packets_of_40_and_60_ms_are_recorded_as_those_of_20(int packetMs)
    {
        var agent = _world.Join("7001", 880);
        agent.PacketMs = packetMs;
        _world.Join("555", 440);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(6000);
        var report = Stop(recorder, sink);
        Assert.Empty(report.Gaps);
        var errorUs = SilenceFinder.MarkErrorUs(sink.Channel(0), 8000, report.StartUs, out var marks);
        Assert.True(marks >= 4, $"{marks} marks");
        Assert.InRange(errorUs, -2000, 2000);
    }

    private VoiceSegmentReport Stop(SegmentRecorder recorder, MemorySink sink)
    {
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        return sink.Report!;
    }

    private void Direct(Party party, bool sends)
    {
        party.Leg.Apply(party.Leg.Media! with { PeerSends = sends, PeerReceives = sends }, _world.NowUs);
        _world.Conference.Changed(party.Leg, false, _world.NowUs);
        party.IsMute = !sends;
    }
}
