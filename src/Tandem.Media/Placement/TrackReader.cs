namespace Tandem.Media.Placement;

/// <summary>Reads a track at either rate. A stateless half-band filter looks at the neighbours in the track itself, so that
/// spans read one after the other fit without a seam.</summary>
public static class TrackReader
{
    private const int Reach = 12;
    private static readonly float[] HalfBand = Design();

    /// <param name="index">Number of the first sample at <paramref name="rate"/>.</param>
    /// <param name="rate">8,000 or 16,000.</param>
    public static void Read(CallTrack track, long index, Span<short> pcm, int rate)
    {
        if (track.Rate == rate)
            track.Read(index, pcm);
        else if (track.Rate < rate)
            ReadUp(track, index, pcm);
        else
            ReadDown(track, index, pcm);
    }

    /// <summary>Doubles the rate: even samples stand, odd ones lie between.</summary>
    private static void ReadUp(CallTrack track, long index, Span<short> pcm)
    {
        Span<short> near = stackalloc short[(2 * Reach) + 160];
        for (var done = 0; done < pcm.Length;)
        {
            var at = index + done;
            var from = (at >> 1) - Reach + 1;
            track.Read(from, near);
            var count = Math.Min(pcm.Length - done, 2 * 160);
            for (var i = 0; i < count; i++)
            {
                var middle = (int)(((at + i) >> 1) - from);
                if (middle + Reach >= near.Length)
                {
                    count = i;
                    break;
                }
                pcm[done + i] = ((at + i) & 1) == 0 ? near[middle] : Between(near, middle);
            }
            done += count;
        }
    }

    private static short Between(ReadOnlySpan<short> near, int middle)
    {
        float sum = 0;
        for (var k = 0; k < Reach; k++)
            sum += HalfBand[k] * (near[middle - k] + near[middle + 1 + k]);
        return (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
    }

    /// <summary>Halves the rate: half the sample itself, half the neighbours at odd distances.</summary>
    private static void ReadDown(CallTrack track, long index, Span<short> pcm)
    {
        const int Step = 80;
        Span<short> near = stackalloc short[(2 * Step) + (4 * Reach)];
        for (var done = 0; done < pcm.Length; done += Step)
        {
            track.Read(((index + done) * 2) - (2 * Reach), near);
            var count = Math.Min(Step, pcm.Length - done);
            for (var i = 0; i < count; i++)
            {
                var mid = (2 * Reach) + (2 * i);
                float sum = 0;
                for (var k = 0; k < Reach; k++)
                    sum += HalfBand[k] * (near[mid - (2 * k) - 1] + near[mid + (2 * k) + 1]);
                pcm[done + i] = (short)Math.Clamp(MathF.Round((near[mid] + sum) / 2), short.MinValue, short.MaxValue);
            }
        }
    }

    // Windowed sinc at the half samples 0.5, 1.5 …, normalised to unity gain.
    private static float[] Design()
    {
        var taps = new double[Reach];
        for (var k = 0; k < Reach; k++)
        {
            var x = Math.PI * (k + 0.5);
            taps[k] = Math.Sin(x) / x * (0.5 + (0.5 * Math.Cos(Math.PI * (k + 0.5) / Reach)));
        }
        var sum = 2 * taps.Sum();
        return [.. taps.Select(tap => (float)(tap / sum))];
    }
}
