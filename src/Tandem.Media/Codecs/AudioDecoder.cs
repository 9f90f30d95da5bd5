namespace Tandem.Media.Codecs;

/// <summary>Decodes the packets of one stream in order. Not thread-safe; allocates nothing per packet.</summary>
public abstract class AudioDecoder : IDisposable
{
    /// <param name="pcm">Room for 120 ms at the codec's sample rate.</param>
    /// <returns>Samples written; 0 when the payload cannot be decoded.</returns>
    public abstract int Decode(ReadOnlySpan<byte> payload, Span<short> pcm);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
