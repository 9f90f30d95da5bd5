namespace Tandem.Media.Codecs;

/// <summary>Linear samples at 8 kHz to G.711 packets.</summary>
public sealed class G711Encoder(G711Law law) : AudioEncoder
{
    public override int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        G711.Encode(law, pcm, payload);
        return pcm.Length;
    }
}
