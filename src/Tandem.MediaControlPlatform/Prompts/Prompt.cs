using Tandem.Media.Codecs;
using Tandem.Media.Placement;

namespace Tandem.MediaControlPlatform.Prompts;

/// <summary>An announcement or a piece of music, in memory at both rates.</summary>
internal sealed class Prompt
{
    private const int PieceMs = 200;
    private readonly short[] _narrow;
    private readonly short[] _wide;

    /// <param name="pcm">One channel.</param>
    /// <param name="rate">8,000 or 16,000.</param>
    public Prompt(short[] pcm, int rate)
    {
        (_narrow, _wide) = rate == AudioCodec.NarrowRate
            ? (pcm, Convert(pcm, rate, AudioCodec.WideRate))
            : (Convert(pcm, rate, AudioCodec.NarrowRate), pcm);
    }

    public ReadOnlySpan<short> At(int rate) => rate == AudioCodec.NarrowRate ? _narrow : _wide;

    private static short[] Convert(short[] pcm, int rate, int to)
    {
        var converted = new short[(long)pcm.Length * to / rate];
        var track = new CallTrack(rate, 0);
        // Read one piece behind: the filter looks at its neighbours on both sides.
        for (var piece = 0; (long)piece * PieceMs * to / 1000 < converted.Length; piece++)
        {
            var ahead = Slice(pcm, (piece + 1) * PieceMs, rate);
            if (piece == 0)
                track.Write(0, Slice(pcm, 0, rate));
            track.Advance((piece + 1) * PieceMs * 1000L);
            track.Write((piece + 1L) * PieceMs * rate / 1000, ahead);
            TrackReader.Read(track, (long)piece * PieceMs * to / 1000, Slice(converted, piece * PieceMs, to), to);
        }
        return converted;
    }

    private static Span<short> Slice(short[] pcm, int fromMs, int rate)
    {
        var from = (int)Math.Min(pcm.Length, (long)fromMs * rate / 1000);
        return pcm.AsSpan(from, Math.Min(pcm.Length - from, PieceMs * rate / 1000));
    }
}
