using Tandem.Media.Codecs;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Engine;

namespace Tandem.MediaControlPlatform.Tests.Recording;

/// <summary>A party that speaks wideband beside one of G.711: both are recorded at 16 kHz, each second where it was spoken, the
/// delay of the codec taken away.</summary>
public sealed class WidebandTests
{
    private readonly CallWorld _world = new();

    [Theory]
    [InlineData("G722", 8000)]
    [InlineData("opus", 48_000)]
    public void A_wideband_voice_stands_at_its_time(string name, int clock)
    {
        var codec = AudioCodec.Find(name, clock);
        Assert.SkipWhen(codec is null, "libopus is not on this machine.");
        _world.Join("7001", 880);
        _world.Join("555", 440, codec);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(6000);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var report = sink.Report!;
        Assert.Equal(("audio/L16", 6020L), (Assert.Single(report.Parts).MediaType, report.Parts[0].DurationMs));
        Judge(sink.Channel(0), report.StartUs, 880, 440, 2000);
        Judge(sink.Channel(1), report.StartUs, 440, 880, 3000);
        Assert.Empty(report.Gaps);
    }

    /// <summary>Whatever bytes come as Opus, the engine goes on, and the voice after them stands where it belongs.</summary>
    [Fact]
    public void Packets_that_are_no_Opus_move_nothing()
    {
        var codec = AudioCodec.Find("opus", 48_000);
        Assert.SkipWhen(codec is null, "libopus is not on this machine.");
        _world.Join("7001", 880);
        var party = _world.Join("555", 440, codec);
        var (recorder, sink) = _world.Record("7001");
        var chance = new Random(4711);
        for (var i = 0; i < 50; i++)
        {
            _world.Run(60);
            var packet = new byte[RtpPacket.HeaderBytes + chance.Next(1, 60)];
            chance.NextBytes(packet);
            RtpPacket.WriteHeader(packet, codec.PayloadType, false, (ushort)party.NextNumber, party.NextTimestamp, party.Ssrc);
            // In the place of the packet that would have come.
            party.Skip();
            party.Deliver(packet, _world.NowUs);
        }
        _world.Run(3000);
        Assert.Equal(1, party.Leg.Placements);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        Judge(sink.Channel(1)[(16 * 3200)..], sink.Report!.StartUs + 3_200_000, 440, 880, 4000);
    }

    private static void Judge(short[] pcm, long startUtcUs, double tone, double other, int boundUs)
    {
        var middle = pcm.AsSpan(pcm.Length / 2, 16_000 * 3 / 5);
        Assert.Equal(tone, Spectrum.PeakFrequency(middle, 16_000), 2.0);
        Assert.InRange(Spectrum.ToneDbfs(middle, 16_000, other), -120, -45);
        // A codec that works in frames rings a little into the silence of a mark.
        var errorUs = SilenceFinder.MarkErrorUs(pcm, 16_000, startUtcUs, out var marks, 1500);
        Assert.InRange(marks, 1, 7);
        Assert.InRange(errorUs, -boundUs, boundUs);
    }
}
