using Tandem.Media.Codecs;
using Tandem.Media.Wav;
using Tandem.WebServices.Playback;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Tests.Playback;

public sealed class WavStreamTests
{
    [Fact]
    public async Task A_law_samples_come_out_in_place_whatever_range_is_asked()
    {
        var codes = Enumerable.Range(0, 400).Select(i => (byte)i).ToArray();
        await using var wav = new WavStream([Piece(codes, SampleFormat.ALaw, 8000, start: 10, frames: 200)], 8000, 210);
        var whole = await ReadAsync(wav, 0, wav.Length);
        Assert.True(WavHeader.TryParse(whole, whole.Length, out var header));
        Assert.Equal((WavFormat.Pcm16, 2, 8000, 210 * 4L), (header.Format, header.Channels, header.Rate, header.DataBytes));
        Assert.All(whole[(int)header.DataOffset..((int)header.DataOffset + 40)], value => Assert.Equal(0, value));
        for (var i = 0; i < codes.Length; i++)
        {
            Assert.Equal(G711.Decode(G711Law.A, codes[i]), BitConverter.ToInt16(whole, (int)header.DataOffset + 40 + (i * 2)));
        }

        foreach (var (from, length) in new[] { (0L, 1L), (43, 3), (91, 9), (94, 1), (95, 2), (97, 101), (wav.Length - 1, 1) })
        {
            Assert.Equal(whole[(int)from..(int)(from + length)], await ReadAsync(wav, from, length));
        }
    }

    [Fact]
    public async Task A_part_of_half_the_rate_is_stretched_onto_the_axis()
    {
        short[] samples = [0, 0, 100, -100, 200, -200, 300, -300];
        var raw = samples.SelectMany(BitConverter.GetBytes).ToArray();
        await using var wav = new WavStream([Piece(raw, SampleFormat.Pcm16, 8000, start: 0, frames: 8)], 16000, 8);
        var frames = new short[16];

        Assert.Equal(8, await wav.ReadFramesAsync(0, frames, TestContext.Current.CancellationToken));
        Assert.Equal([0, 0, 50, -50, 100, -100, 150, -150, 200, -200, 250, -250], frames[..12]);
    }

    private static VoicePiece Piece(byte[] bytes, SampleFormat format, int rate, long start, long frames) =>
        new(new Bytes(bytes), format, rate, start, frames);

    private static async Task<byte[]> ReadAsync(WavStream wav, long from, long length)
    {
        wav.Position = from;
        var target = new byte[length];
        await wav.ReadExactlyAsync(target, TestContext.Current.CancellationToken);
        return target;
    }

    private sealed class Bytes(byte[] bytes) : IMediaStream
    {
        public long Length => bytes.Length;

        public bool Complete => true;

        public string Version => "1";

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
        {
            // Pieces of seven bytes: no caller may rely on whole reads.
            var count = (int)Math.Min(Math.Min(buffer.Length, 7), bytes.Length - offset);
            bytes.AsMemory((int)offset, Math.Max(0, count)).CopyTo(buffer);
            return ValueTask.FromResult(Math.Max(0, count));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
