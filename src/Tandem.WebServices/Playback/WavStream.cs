using System.Buffers.Binary;
using Tandem.Media.Codecs;
using Tandem.Media.Wav;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Playback;

/// <summary>A segment as a PCM16 stereo WAV file that is never written: header, then samples computed from the sealed
/// ones. Where no part covers the axis there is silence.</summary>
internal sealed class WavStream(IReadOnlyList<VoicePiece> pieces, int rate, long frames)
    : ReadOnlyMediaStream(WavHeader.Bytes + (frames * BytesPerFrame))
{
    public const int Channels = 2;
    private const int BytesPerFrame = Channels * 2;
    private const int FramesAtOnce = 8192;

    public int Rate => rate;

    public long Frames => frames;

    /// <summary>Interleaved samples from frame <paramref name="at"/>; fills as many whole frames as fit.</summary>
    public async ValueTask<int> ReadFramesAsync(long at, Memory<short> target, CancellationToken stop)
    {
        var count = (int)Math.Min(target.Length / Channels, frames - at);
        target.Span[..(count * Channels)].Clear();
        foreach (var piece in pieces)
        {
            var from = Math.Max(at, piece.StartFrame);
            var to = Math.Min(at + count, piece.StartFrame + piece.Frames);
            if (from < to)
            {
                var slice = target.Slice((int)(from - at) * Channels, (int)(to - from) * Channels);
                await ReadPieceAsync(piece, from - piece.StartFrame, slice, stop);
            }
        }

        return count;
    }

    protected override async ValueTask<int> FillAsync(long at, Memory<byte> buffer, CancellationToken stop)
    {
        if (at < WavHeader.Bytes)
        {
            var header = new byte[WavHeader.Bytes];
            WavHeader.Write(header, WavFormat.Pcm16, Channels, rate, frames * BytesPerFrame);
            var part = header.AsMemory((int)at);
            part = part[..Math.Min(part.Length, buffer.Length)];
            part.CopyTo(buffer);
            return part.Length;
        }

        var offset = at - WavHeader.Bytes;
        var skip = (int)(offset % BytesPerFrame);
        var wanted = Math.Min(FramesAtOnce, (buffer.Length + skip + BytesPerFrame - 1) / BytesPerFrame);
        var samples = new short[wanted * Channels];
        var read = await ReadFramesAsync(offset / BytesPerFrame, samples, stop);
        var bytes = new byte[read * BytesPerFrame];
        for (var i = 0; i < read * Channels; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 2), samples[i]);
        }

        var take = Math.Min(buffer.Length, bytes.Length - skip);
        bytes.AsMemory(skip, take).CopyTo(buffer);
        return take;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var piece in pieces)
        {
            await piece.Stream.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async ValueTask ReadPieceAsync(VoicePiece piece, long frame, Memory<short> target, CancellationToken stop)
    {
        if (piece.Rate == rate)
        {
            await ReadRawAsync(piece, frame, target, stop);
            return;
        }

        // Linear interpolation; a part of another rate is the exception, the original samples stay in the vault.
        var count = target.Length / Channels;
        var first = frame * piece.Rate / rate;
        var source = new short[((count * (long)piece.Rate / rate) + 2) * Channels];
        await ReadRawAsync(piece, first, source, stop);
        for (var i = 0; i < count; i++)
        {
            var exact = (double)(frame + i) * piece.Rate / rate - first;
            var index = Math.Min((int)exact, (source.Length / Channels) - 2);
            for (var channel = 0; channel < Channels; channel++)
            {
                var low = source[(index * Channels) + channel];
                var high = source[((index + 1) * Channels) + channel];
                target.Span[(i * Channels) + channel] = (short)(low + ((high - low) * (exact - index)));
            }
        }
    }

    private static async ValueTask ReadRawAsync(VoicePiece piece, long frame, Memory<short> target, CancellationToken stop)
    {
        var width = piece.Format == SampleFormat.Pcm16 ? 2 : 1;
        var raw = new byte[target.Length * width];
        var read = await ReadAllAsync(piece.Stream, frame * Channels * width, raw, stop) / width;
        switch (piece.Format)
        {
            case SampleFormat.Pcm16:
                for (var i = 0; i < read; i++)
                {
                    target.Span[i] = BinaryPrimitives.ReadInt16LittleEndian(raw.AsSpan(i * 2));
                }

                break;
            default:
                G711.Decode(piece.Format == SampleFormat.ALaw ? G711Law.A : G711Law.Mu, raw.AsSpan(0, read), target.Span);
                break;
        }
    }

    private static async ValueTask<int> ReadAllAsync(IMediaStream stream, long offset, Memory<byte> target, CancellationToken stop)
    {
        var total = 0;
        while (total < target.Length && await stream.ReadAsync(offset + total, target[total..], stop) is > 0 and var read)
        {
            total += read;
        }

        return total;
    }
}
