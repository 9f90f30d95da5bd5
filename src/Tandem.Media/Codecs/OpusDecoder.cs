using Tandem.Media.Codecs.Native;

namespace Tandem.Media.Codecs;

/// <summary>Opus (RFC 6716) to mono at 16 kHz by libopus.</summary>
public sealed unsafe class OpusDecoder : AudioDecoder
{
    private nint _decoder;

    /// <exception cref="InvalidOperationException">libopus refused.</exception>
    public OpusDecoder()
    {
        _decoder = Opus.DecoderCreate(AudioCodec.WideRate, 1, out var error);
        if (error != Opus.Ok)
            throw new InvalidOperationException($"libopus refused a decoder: error {error}.");
    }

    public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        fixed (byte* data = payload)
        fixed (short* samples = pcm)
            return Math.Max(0, Opus.Decode(_decoder, data, payload.Length, samples, pcm.Length, 0));
    }

    public override void Dispose()
    {
        var decoder = Interlocked.Exchange(ref _decoder, 0);
        if (decoder != 0)
            Opus.DecoderDestroy(decoder);
        base.Dispose();
    }
}
