namespace Tandem.Media.Signals;

/// <summary>A steady sine whose phase depends only on the sample's absolute number.</summary>
/// <param name="frequencyHz">Below half of <paramref name="rate"/>.</param>
/// <param name="rate">Samples per second.</param>
/// <param name="dbfs">Level of the peak against full scale, at most 0.</param>
public sealed class ToneGenerator(double frequencyHz, int rate, double dbfs = -12)
{
    /// <summary>How long a marked tone is silent at each whole UTC second.</summary>
    public const long MarkUs = 50_000;

    private readonly double _amplitude = 32_767 * Math.Pow(10, dbfs / 20);

    public double FrequencyHz => frequencyHz;

    public int Rate => rate;

    /// <param name="firstSample">Number of the first sample.</param>
    public void Fill(Span<short> pcm, long firstSample)
    {
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = At(firstSample + i);
    }

    /// <summary>The tone, silent for the first 50 ms of every whole UTC second.</summary>
    /// <param name="firstSample">Number of the first sample, for the phase.</param>
    /// <param name="firstUtcUs">UTC microseconds at which the first sample is spoken.</param>
    public void FillMarked(Span<short> pcm, long firstSample, long firstUtcUs)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            var utcUs = firstUtcUs + (i * 1_000_000L / rate);
            pcm[i] = utcUs % 1_000_000 < MarkUs ? (short)0 : At(firstSample + i);
        }
    }

    private short At(long sample)
    {
        // The remainder first, so that the phase stays exact after hours.
        var turns = (double)sample * frequencyHz / rate;
        return (short)Math.Round(_amplitude * Math.Sin(2 * Math.PI * (turns - Math.Floor(turns))));
    }
}
