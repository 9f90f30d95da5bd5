using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.Media.Tests.Codecs;

public sealed class G722Tests
{
    [Fact]
    public void Encodes_the_vector_bit_for_bit()
    {
        var speech = Vectors.Words("g722/inpsp.bin");
        var expected = Vectors.Octets("g722/codsp.cod");
        var coded = new byte[speech.Length / 2];
        new G722Encoder().Encode(speech, coded);
        Assert.Equal(expected, coded);
    }

    [Theory]
    [InlineData(8, "g722/outsp1.bin")]
    [InlineData(7, "g722/outsp2.bin")]
    [InlineData(6, "g722/outsp3.bin")]
    public void Decodes_the_vector_bit_for_bit_in_each_mode(int bits, string decoded)
    {
        var coded = Vectors.Octets("g722/codsp.cod");
        var expected = Vectors.Words(decoded);
        var speech = new short[coded.Length * 2];
        new G722Decoder(bits).Decode(coded, speech);
        Assert.Equal(expected, speech);
    }

    [Theory]
    [InlineData("G722", 8000)]
    [InlineData("opus", 48_000)]
    public void A_tone_goes_through(string name, int clock)
    {
        var codec = AudioCodec.Find(name, clock);
        Assert.SkipWhen(codec is null, "libopus is not on this machine.");
        using var encoder = codec.CreateEncoder();
        using var decoder = codec.CreateDecoder();
        var tone = new ToneGenerator(1320, 16_000);
        var heard = new short[16_000];
        var frame = new short[320];
        var payload = new byte[1500];
        for (var i = 0; i < 50; i++)
        {
            tone.Fill(frame, i * 320);
            var bytes = encoder.Encode(frame, payload);
            Assert.Equal(320, decoder.Decode(payload.AsSpan(0, bytes), heard.AsSpan(i * 320)));
        }
        Assert.InRange(Spectrum.PeakFrequency(heard.AsSpan(8000), 16_000), 1315, 1325);
        Assert.InRange(Spectrum.LevelDbfs(heard.AsSpan(8000)), -14, -10);
    }
}
