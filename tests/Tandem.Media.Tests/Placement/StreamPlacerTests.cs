using Tandem.Media.Placement;
using Tandem.Media.Signals;

namespace Tandem.Media.Tests.Placement;

public sealed class StreamPlacerTests
{
    private readonly CallTrack _track = new(8000, 0);

    [Fact]
    public void Packets_stand_where_they_were_spoken()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 100; i++)
            sender.Send(i);
        Assert.InRange(Error(500, 1400, out var marks), -200, 200);
        Assert.Equal(1, marks);
        Assert.InRange(Spectrum.PeakFrequency(Read(1100, 300), 8000), 438, 442);
    }

    [Fact]
    public void Late_reordered_and_duplicate_packets_land_in_place()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 100; i += 2)
        {
            sender.Send(i + 1, 3000);
            sender.Send(i, 29_000);
            sender.Send(i, 30_000);
        }
        Assert.Equal(50, sender.Placer.Duplicates);
        Assert.InRange(Error(600, 1300, out var marks), 2500, 3500);
        Assert.Equal(1, marks);
        Assert.Single(SilenceFinder.Find(Read(700, 900), 80));
    }

    [Fact]
    public void A_lost_packet_is_silence_of_its_length_in_its_place()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 100; i++)
        {
            if (i != 70)
                sender.Send(i);
        }
        var hole = Assert.Single(SilenceFinder.Find(Read(1200, 400), 100));
        Assert.InRange(hole.Start, 8 * 200 - 4, 8 * 200 + 4);
        Assert.InRange(hole.Length, 155, 170);
    }

    [Fact]
    public void A_late_packet_of_the_source_before_lands_in_place_and_does_not_bring_it_back()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 100; i++)
        {
            if (i == 70)
                continue;
            sender.Ssrc = i < 70 ? 7u : 8u;
            sender.Send(i);
            if (i != 71)
                continue;
            sender.Ssrc = 7;
            sender.Send(70, 25_000);
            Assert.True(sender.Placer.IsLeftover);
        }
        Assert.Equal(2, sender.Placer.Placements);
        Assert.Empty(SilenceFinder.Find(Read(1200, 400), 100));
    }

    [Fact]
    public void First_packets_that_were_slow_are_moved_to_their_true_place()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 100; i++)
            sender.Send(i, i < 8 ? 50_000 - (i * 6000) : 1000);
        Assert.InRange(Error(500, 1400, out _), 500, 1500);
        Assert.Equal(1, sender.Placer.Placements);
    }

    [Fact]
    public void A_new_source_is_placed_anew()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 60; i++)
            sender.Send(i);
        (sender.Ssrc, sender.FirstTimestamp) = (8, 12_345);
        for (var i = 60; i < 120; i++)
            sender.Send(i);
        Assert.Equal(2, sender.Placer.Placements);
        Assert.InRange(Error(1100, 1200, out var marks), -200, 200);
        Assert.Equal(1, marks);
        Assert.Single(SilenceFinder.Find(Read(1050, 1200), 80), run => run.Length > 300);
    }

    [Fact]
    public void A_jump_of_the_sender_s_clock_is_placed_anew()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 60; i++)
            sender.Send(i);
        sender.FirstTimestamp += 3_000_000;
        for (var i = 60; i < 120; i++)
            sender.Send(i);
        Assert.Equal(2, sender.Placer.Placements);
        Assert.InRange(Error(1700, 600, out var marks), -200, 200);
        Assert.Equal(1, marks);
    }

    [Fact]
    public void A_sender_that_begins_again_with_its_old_source_is_heard()
    {
        var sender = new Sender(_track);
        for (var i = 0; i < 100; i++)
            sender.Send(i);
        sender.FirstNumber = -100;
        sender.FirstTimestamp -= 100 * 160;
        for (var i = 100; i < 160; i++)
            sender.Send(i);
        Assert.Equal(2, sender.Placer.Placements);
        Assert.Equal(1, sender.Placer.Duplicates);
        Assert.InRange(Error(1900, 1250, out var marks), -200, 200);
        Assert.Equal(2, marks);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    [InlineData(500)]
    [InlineData(-500)]
    public void A_clock_that_runs_wrong_is_mended_in_silence(double ppm)
    {
        var sender = new Sender(_track);
        const int Packets = 50 * 600;
        for (var i = 0; i < Packets; i++)
            sender.Send(i, 500, ppm);
        // 200 ppm of 600 s are 120 ms; what stands now must be within the tolerance of 5 ms and two windows' drift.
        var drifted = Math.Abs(ppm) * 600 * 8000 / 1e6;
        Assert.InRange(sender.Placer.SkewMended, drifted * 0.83, drifted * 1.04);
        var end = (int)(Packets * 20L * (1 - (ppm / 1e6)));
        var lastSecond = (end - 500) / 1000 * 1000;
        Assert.InRange(Error(lastSecond - 400, 800, out var marks), -9000, 9000);
        Assert.Equal(1, marks);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public void Longer_packets_are_placed_alike(int packetMs)
    {
        var sender = new Sender(_track, packetMs);
        for (var i = 0; i < 2000 / packetMs; i++)
            sender.Send(i);
        Assert.InRange(Error(600, 1300, out var marks), -200, 200);
        Assert.Equal(1, marks);
    }

    private short[] Read(int fromMs, int lengthMs)
    {
        var pcm = new short[8 * lengthMs];
        _track.Read(8 * fromMs, pcm);
        return pcm;
    }

    private long Error(int fromMs, int lengthMs, out int marks) =>
        SilenceFinder.MarkErrorUs(Read(fromMs, lengthMs), 8000, fromMs * 1000L, out marks);
}
