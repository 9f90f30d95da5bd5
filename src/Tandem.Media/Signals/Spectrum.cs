using System.Numerics;

namespace Tandem.Media.Signals;

/// <summary>Tells which tone is in a span of samples. For tests and diagnosis, not for the media path.</summary>
public static class Spectrum
{
    /// <summary>The strongest frequency: Hann window, transform of at least four times the length, parabola over the peak.
    /// Within 2 Hz for a clean tone over 50 ms or more.</summary>
    /// <returns>Hz; 0 for silence (below -60 dBFS).</returns>
    public static double PeakFrequency(ReadOnlySpan<short> pcm, int rate)
    {
        if (pcm.Length < 16 || LevelDbfs(pcm) < -60)
            return 0;
        var bins = Transform(pcm);
        var half = bins.Length / 2;
        var peak = 1;
        for (var i = 2; i < half - 1; i++)
        {
            if (bins[i].Magnitude > bins[peak].Magnitude)
                peak = i;
        }
        var (left, mid, right) = (Log(bins[peak - 1]), Log(bins[peak]), Log(bins[peak + 1]));
        var bend = left - (2 * mid) + right;
        var shift = bend == 0 ? 0 : 0.5 * (left - right) / bend;
        return (peak + shift) * rate / bins.Length;
    }

    /// <summary>The level of one frequency (Goertzel), as dBFS of its peak; -120 where there is none.</summary>
    public static double ToneDbfs(ReadOnlySpan<short> pcm, int rate, double frequencyHz)
    {
        if (pcm.IsEmpty)
            return -120;
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequencyHz / rate);
        double before = 0, last = 0;
        foreach (var sample in pcm)
        {
            var now = sample + (coefficient * last) - before;
            (before, last) = (last, now);
        }
        var power = (last * last) + (before * before) - (coefficient * last * before);
        return Dbfs(2 * Math.Sqrt(Math.Max(0, power)) / pcm.Length);
    }

    /// <summary>Level of the whole signal: a full-scale sine is 0 dBFS; -120 for digital silence.</summary>
    public static double LevelDbfs(ReadOnlySpan<short> pcm)
    {
        if (pcm.IsEmpty)
            return -120;
        double sum = 0;
        foreach (var sample in pcm)
            sum += (double)sample * sample;
        return Dbfs(Math.Sqrt(2 * sum / pcm.Length));
    }

    private static double Dbfs(double amplitude) => amplitude < 0.033 ? -120 : 20 * Math.Log10(amplitude / 32_767);

    private static double Log(Complex bin) => Math.Log(bin.Magnitude + 1e-9);

    private static Complex[] Transform(ReadOnlySpan<short> pcm)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)pcm.Length * 4);
        var data = new Complex[size];
        for (var i = 0; i < pcm.Length; i++)
            data[i] = pcm[i] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / (pcm.Length - 1))));
        Permute(data);
        for (var length = 2; length <= size; length <<= 1)
            Butterflies(data, length);
        return data;
    }

    private static void Permute(Complex[] data)
    {
        for (int i = 1, j = 0; i < data.Length; i++)
        {
            var bit = data.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (data[i], data[j]) = (data[j], data[i]);
        }
    }

    private static void Butterflies(Complex[] data, int length)
    {
        var step = Complex.FromPolarCoordinates(1, -2 * Math.PI / length);
        for (var start = 0; start < data.Length; start += length)
        {
            var turn = Complex.One;
            for (var i = start; i < start + (length / 2); i++)
            {
                var odd = data[i + (length / 2)] * turn;
                data[i + (length / 2)] = data[i] - odd;
                data[i] += odd;
                turn *= step;
            }
        }
    }
}
