using Tandem.Media.Placement;
using Tandem.Media.Signals;

namespace Tandem.Media.Tests.Placement;

public sealed class TrackReaderTests
{
    [Theory]
    [InlineData(8000, 16_000)]
    [InlineData(16_000, 8000)]
    public void The_other_rate_keeps_tone_level_and_time(int from, int to)
    {
        var track = new CallTrack(from, 0);
        track.Advance(900_000);
        var tone = new short[from];
        new ToneGenerator(1000, from).Fill(tone, 0);
        track.Write(0, tone);
        var read = new short[to / 2];
        // In pieces of odd sizes, to see that they fit without a seam.
        for (int at = 0, piece = 1; at < read.Length; at += piece, piece = 1 + (piece * 7 % 331))
        {
            piece = Math.Min(piece, read.Length - at);
            TrackReader.Read(track, (to / 5) + at, read.AsSpan(at, piece), to);
        }
        var expected = new short[read.Length];
        new ToneGenerator(1000, to).Fill(expected, to / 5);
        for (var i = 0; i < read.Length; i++)
            Assert.InRange(read[i] - expected[i], -120, 120);
    }

    [Fact]
    public void What_is_too_old_or_not_yet_there_is_silent()
    {
        var track = new CallTrack(8000, 0);
        var loud = new short[16_384];
        Array.Fill(loud, (short)1000);
        track.Write(-20_000, loud);
        track.Write(4000, loud);
        track.Advance(3_000_000);
        var read = new short[40_000];
        track.Read(0, read);
        Assert.All(read.AsSpan(0, (int)track.Oldest).ToArray(), sample => Assert.Equal(0, sample));
        Assert.All(read.AsSpan(24_000).ToArray(), sample => Assert.Equal(0, sample));
    }
}
