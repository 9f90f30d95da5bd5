using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.Media.Tests.Codecs;

public sealed class OpusPacketTests
{
    /// <summary>Configurations of RFC 6716 §3.1, table 2: SILK, hybrid and CELT, with the counts of §3.2.</summary>
    [Theory]
    [InlineData(new byte[] { 0 << 3 }, 160)]
    [InlineData(new byte[] { (1 << 3) | 1 }, 640)]
    [InlineData(new byte[] { (11 << 3) | 2 }, 1920)]
    [InlineData(new byte[] { 12 << 3 }, 160)]
    [InlineData(new byte[] { 15 << 3 }, 320)]
    [InlineData(new byte[] { 16 << 3 }, 40)]
    [InlineData(new byte[] { (31 << 3) | 3, 3 }, 960)]
    [InlineData(new byte[] { (16 << 3) | 3, 48 }, 1920)]
    [InlineData(new byte[0], 0)]
    [InlineData(new byte[] { (9 << 3) | 3 }, 0)]
    [InlineData(new byte[] { (11 << 3) | 3, 63 }, 0)]
    [InlineData(new byte[] { (11 << 3) | 3, 3 }, 0)]
    public void Its_length_is_read_from_its_first_bytes(byte[] packet, int samples) =>
        Assert.Equal(samples, OpusPacket.Samples(packet, 16_000));

    [Fact]
    public void What_we_send_has_the_length_that_is_read()
    {
        var codec = AudioCodec.Find("opus", 48_000);
        Assert.SkipWhen(codec is null, "libopus is not on this machine.");
        using var encoder = codec.CreateEncoder();
        var frame = new short[320];
        new ToneGenerator(440, 16_000).Fill(frame, 0);
        var payload = new byte[1500];
        var bytes = encoder.Encode(frame, payload);
        Assert.Equal(320, codec.SamplesOf(payload.AsSpan(0, bytes)));
    }
}
