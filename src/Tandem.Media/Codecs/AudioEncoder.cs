namespace Tandem.Media.Codecs;

/// <summary>Encodes one stream, a packet a call. Not thread-safe; allocates nothing per packet.</summary>
public abstract class AudioEncoder : IDisposable
{
    /// <param name="pcm">One packet of samples at the codec's sample rate, commonly 20 ms.</param>
    /// <param name="payload">Room for as many bytes as a G.711 packet of that length has, and at least 1,276.</param>
    /// <returns>Bytes written.</returns>
    public abstract int Encode(ReadOnlySpan<short> pcm, Span<byte> payload);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
