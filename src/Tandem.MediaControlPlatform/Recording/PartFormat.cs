using System.Runtime.InteropServices;
using Tandem.Media.Codecs;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>How the samples of a part are stored: a law of G.711 at 8 kHz, or 16 bits little-endian at 16 kHz.</summary>
internal sealed record PartFormat(G711Law? Law)
{
    public static readonly PartFormat ALaw = new(G711Law.A);
    public static readonly PartFormat MuLaw = new(G711Law.Mu);
    public static readonly PartFormat Wide = new((G711Law?)null);

    public int Rate => Law is null ? AudioCodec.WideRate : AudioCodec.NarrowRate;

    public string MediaType => Law switch { G711Law.A => "audio/PCMA", G711Law.Mu => "audio/PCMU", _ => "audio/L16" };

    /// <summary>Bytes of one sample of both channels.</summary>
    public int FrameBytes => Law is null ? 4 : 2;

    /// <summary>The byte that fills silence.</summary>
    public byte Silence => Law is { } law ? G711.Silence(law) : (byte)0;

    /// <summary>Bytes of one sample of one channel.</summary>
    public int SampleBytes => FrameBytes / 2;

    /// <summary>Writes one channel alone.</summary>
    /// <returns>Bytes written.</returns>
    public int WriteOne(ReadOnlySpan<short> pcm, Span<byte> target)
    {
        if (Law is { } law)
            G711.Encode(law, pcm, target);
        else
            MemoryMarshal.AsBytes(pcm).CopyTo(target);
        return pcm.Length * SampleBytes;
    }

    /// <summary>Writes both channels interleaved.</summary>
    /// <param name="one">Channel 1; as long as <paramref name="two"/>.</param>
    /// <returns>Bytes written.</returns>
    public int Write(ReadOnlySpan<short> one, ReadOnlySpan<short> two, Span<byte> target)
    {
        if (Law is { } law)
        {
            for (var i = 0; i < one.Length; i++)
            {
                target[2 * i] = G711.Encode(law, one[i]);
                target[(2 * i) + 1] = G711.Encode(law, two[i]);
            }
            return one.Length * 2;
        }
        for (var i = 0; i < one.Length; i++)
        {
            target[4 * i] = (byte)one[i];
            target[(4 * i) + 1] = (byte)(one[i] >> 8);
            target[(4 * i) + 2] = (byte)two[i];
            target[(4 * i) + 3] = (byte)(two[i] >> 8);
        }
        return one.Length * 4;
    }
}
