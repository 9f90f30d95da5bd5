using Tandem.Media.Codecs;
using Tandem.Media.Placement;

namespace Tandem.Media.Tests.Placement;

public sealed class CallTrackTests
{
    private static readonly byte[] Codes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Codes_are_kept_as_they_came_and_read_as_samples(G711Law law)
    {
        var track = new CallTrack(law, 0);
        track.WriteCodes(3000, Codes);
        var back = new byte[1200];
        track.ReadCodes(2900, back);
        Assert.Equal([.. Enumerable.Repeat(G711.Silence(law), 100), .. Codes, .. Enumerable.Repeat(G711.Silence(law), 100)], back);
        var pcm = new short[1200];
        track.Read(2900, pcm);
        Assert.Equal(back.Select(code => G711.Decode(law, code)), pcm);
    }

    [Fact]
    public void Samples_written_to_codes_are_companded()
    {
        var track = new CallTrack(G711Law.A, 0);
        var pcm = Codes.Select(code => G711.Decode(G711Law.A, code)).ToArray();
        Assert.Equal(1000, track.Write(3000, pcm));
        var back = new short[1000];
        track.Read(3000, back);
        Assert.Equal(pcm, back);
    }

    [Fact]
    public void What_the_window_has_left_behind_or_does_not_reach_is_silent()
    {
        var track = new CallTrack(G711Law.Mu, 0);
        track.WriteCodes(track.Horizon - 500, Codes);
        var back = new byte[1000];
        track.ReadCodes(track.Horizon - 500, back);
        Assert.Equal(Codes[..500], back[..500]);
        Assert.All(back[500..], code => Assert.Equal(G711.MuLawSilence, code));
        track.Advance(10_000_000);
        track.ReadCodes(track.Oldest, back);
        Assert.All(back, code => Assert.Equal(G711.MuLawSilence, code));
    }

    [Fact]
    public void A_linear_track_has_no_codes() =>
        Assert.Throws<InvalidOperationException>(() => new CallTrack(8000, 0).WriteCodes(0, Codes));
}
