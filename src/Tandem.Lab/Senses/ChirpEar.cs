using Tandem.Lab.Phones;

namespace Tandem.Lab.Senses;

/// <summary>Finds a party's <see cref="Chirp"/> by a matched filter.</summary>
public static class ChirpEar
{
    /// <summary>How far from its place it is looked for.</summary>
    public const long ReachUs = 40_000;

    // Of the correlation of a whole sweep at full level; one packet of it may be lost.
    private const double Least = 0.35;

    /// <param name="pcm">Of one channel.</param>
    /// <param name="startUtcUs">Of its first sample.</param>
    /// <param name="secondUtcUs">The whole second that the sweep marks.</param>
    /// <returns>By how many microseconds it lies late; null where it is not heard.</returns>
    public static double? LateUs(ReadOnlySpan<short> pcm, int rate, long startUtcUs, long secondUtcUs, Chirp chirp)
    {
        var first = (int)((secondUtcUs - startUtcUs) * rate / 1_000_000);
        Span<double> sweep = stackalloc double[(int)(Chirp.WindowUs * rate / 1_000_000) + 1];
        for (var i = 0; i < sweep.Length; i++)
            sweep[i] = chirp.At((startUtcUs - secondUtcUs + ((first + i) * 1_000_000.0 / rate)) / 1_000_000);
        var reach = (int)(ReachUs * rate / 1_000_000);
        var (best, here) = (0, Alike(pcm, first, sweep));
        for (var lag = -reach; lag <= reach; lag++)
        {
            if (Alike(pcm, first + lag, sweep) is var alike && alike > here)
                (best, here) = (lag, alike);
        }
        if (here < Least)
            return null;
        var (before, after) = (Alike(pcm, first + best - 1, sweep), Alike(pcm, first + best + 1, sweep));
        // The top of the parabola through the three: the place between the samples.
        return (best + ((before - after) / 2 / (before - (2 * here) + after))) * 1_000_000 / rate;
    }

    /// <summary>1 for the whole sweep at its own level; samples beyond the channel count as silence.</summary>
    private static double Alike(ReadOnlySpan<short> pcm, int at, ReadOnlySpan<double> sweep)
    {
        double common = 0, own = 0;
        for (var i = 0; i < sweep.Length; i++)
        {
            own += sweep[i] * sweep[i];
            if (at + i >= 0 && at + i < pcm.Length)
                common += pcm[at + i] * sweep[i];
        }
        return common / own / Tones.Amplitude;
    }
}
