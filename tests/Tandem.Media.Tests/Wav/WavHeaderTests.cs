using Tandem.Media.Wav;

namespace Tandem.Media.Tests.Wav;

public sealed class WavHeaderTests
{
    [Theory]
    [InlineData(WavFormat.Pcm16, 2, 16_000, 64_000)]
    [InlineData(WavFormat.ALaw, 2, 8000, 16_000)]
    [InlineData(WavFormat.MuLaw, 1, 8000, 0)]
    [InlineData(WavFormat.Pcm16, 2, 16_000, 6_000_000_000)]
    public void What_is_written_is_read(WavFormat format, int channels, int rate, long bytes)
    {
        var file = new byte[WavHeader.Bytes];
        Assert.Equal(WavHeader.Bytes, WavHeader.Write(file, format, channels, rate, bytes));
        Assert.True(WavHeader.TryParse(file, WavHeader.Bytes + bytes, out var header));
        Assert.Equal(new WavHeader(format, channels, rate, WavHeader.Bytes, bytes), header);
    }

    [Fact]
    public void A_file_that_was_cut_off_holds_what_is_there()
    {
        var file = new byte[WavHeader.Bytes];
        WavHeader.Write(file, WavFormat.Pcm16, 2, 8000, 100_000);
        Assert.True(WavHeader.TryParse(file, WavHeader.Bytes + 400, out var header));
        Assert.Equal(400, header.DataBytes);
    }
}
