using Tandem.Media.Codecs.Native;

namespace Tandem.Media.Codecs;

/// <summary>Mono at 16 kHz to Opus (RFC 6716) by libopus, tuned for speech.</summary>
public sealed unsafe class OpusEncoder : AudioEncoder
{
    private nint _encoder;

    /// <exception cref="InvalidOperationException">libopus refused.</exception>
    public OpusEncoder()
    {
        _encoder = Opus.EncoderCreate(AudioCodec.WideRate, 1, Opus.ApplicationVoip, out var error);
        if (error != Opus.Ok)
            throw new InvalidOperationException($"libopus refused an encoder: error {error}.");
    }

    public override int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        fixed (short* samples = pcm)
        fixed (byte* data = payload)
            return Math.Max(0, Opus.Encode(_encoder, samples, pcm.Length, data, payload.Length));
    }

    public override void Dispose()
    {
        var encoder = Interlocked.Exchange(ref _encoder, 0);
        if (encoder != 0)
            Opus.EncoderDestroy(encoder);
        base.Dispose();
    }
}
