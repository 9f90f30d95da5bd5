using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.Media.Tests.Codecs;

public sealed class G711Tests
{
    [Theory]
    [InlineData(G711Law.A, "g711/sweep-r.a")]
    [InlineData(G711Law.Mu, "g711/sweep-r.u")]
    public void Encodes_the_sweep_as_the_tool_library_does(G711Law law, string coded)
    {
        var source = Vectors.Words("g711/sweep.src");
        var expected = Vectors.Words(coded);
        Assert.Equal(expected.Length, source.Length);
        for (var i = 0; i < source.Length; i++)
            Assert.True((byte)expected[i] == G711.Encode(law, source[i]), $"sample {i} = {source[i]}");
    }

    [Theory]
    [InlineData(G711Law.A, "g711/sweep-r.a", "g711/sweep-r.a-a")]
    [InlineData(G711Law.Mu, "g711/sweep-r.u", "g711/sweep-r.u-u")]
    public void Decodes_the_sweep_as_the_tool_library_does(G711Law law, string coded, string decoded)
    {
        var codes = Vectors.Words(coded);
        var expected = Vectors.Words(decoded);
        for (var i = 0; i < codes.Length; i++)
            Assert.True(expected[i] == G711.Decode(law, (byte)codes[i]), $"sample {i}");
    }

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Coding_again_changes_nothing(G711Law law)
    {
        for (var code = 0; code < 256; code++)
        {
            var linear = G711.Decode(law, (byte)code);
            Assert.Equal(linear, G711.Decode(law, G711.Encode(law, linear)));
        }
    }

    [Theory]
    [InlineData(G711Law.A, G711Law.Mu)]
    [InlineData(G711Law.Mu, G711Law.A)]
    public void A_tone_survives_the_change_of_law(G711Law from, G711Law to)
    {
        var pcm = new short[800];
        new ToneGenerator(880, 8000).Fill(pcm, 0);
        var codes = new byte[800];
        G711.Encode(from, pcm, codes);
        G711.Convert(from, to, codes, codes);
        G711.Decode(to, codes, pcm);
        Assert.InRange(Spectrum.PeakFrequency(pcm, 8000), 878, 882);
        Assert.InRange(Spectrum.LevelDbfs(pcm), -12.3, -11.7);
    }

    [Fact]
    public void Silence_is_silent()
    {
        Assert.Equal(0, G711.Decode(G711Law.Mu, G711.Silence(G711Law.Mu)));
        Assert.InRange(G711.Decode(G711Law.A, G711.Silence(G711Law.A)), 0, 8);
        Assert.Equal(G711.MuLawSilence, G711.Encode(G711Law.Mu, 0));
        Assert.Equal(G711.ALawSilence, G711.Encode(G711Law.A, 0));
    }
}
