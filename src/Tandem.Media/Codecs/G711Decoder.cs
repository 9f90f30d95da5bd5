namespace Tandem.Media.Codecs;

/// <summary>G.711 packets to linear samples at 8 kHz.</summary>
public sealed class G711Decoder(G711Law law) : AudioDecoder
{
    public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        G711.Decode(law, payload, pcm);
        return payload.Length;
    }
}
