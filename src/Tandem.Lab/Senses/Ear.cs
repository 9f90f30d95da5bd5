using Tandem.Lab.Phones;

namespace Tandem.Lab.Senses;

/// <summary>Hears which known tones a channel holds and where its whole seconds are.</summary>
public static class Ear
{
    /// <summary>Below this a sample is silence; a tone at -12 dBFS stays under it for at most one sample at a time.</summary>
    private const int Quiet = 500;

    private const double PresentDbfs = -20;

    /// <summary>The level of a sine of <paramref name="hertz"/> in dBFS (a full-scale sine is 0), by Goertzel's filter
    /// over the whole span.</summary>
    public static double LevelDbfs(ReadOnlySpan<short> samples, int rate, double hertz)
    {
        if (samples.IsEmpty)
            return double.NegativeInfinity;
        var (omega, previous, before) = (2 * Math.PI * hertz / rate, 0.0, 0.0);
        var coefficient = 2 * Math.Cos(omega);
        foreach (var sample in samples)
            (previous, before) = (sample + coefficient * previous - before, previous);
        var power = previous * previous + before * before - coefficient * previous * before;
        var amplitude = 2 * Math.Sqrt(Math.Max(power, 0)) / samples.Length;
        return 20 * Math.Log10(Math.Max(amplitude, 0.01) / 32768);
    }

    /// <summary>The parties whose tones are clearly there, in the order of <see cref="Tones.All"/>; the tone's own silence
    /// at each whole second does not matter for spans of 100 ms and more.</summary>
    public static IReadOnlyList<string> PartiesIn(ReadOnlySpan<short> samples, int rate)
    {
        var found = new List<string>();
        foreach (var (party, hertz) in Tones.All)
            if (LevelDbfs(samples, rate, hertz) > PresentDbfs)
                found.Add(party);
        return found;
    }

    /// <summary>The part of a channel between two instants of its own axis, clipped to what there is.</summary>
    public static ReadOnlySpan<short> Window(HeardAudio audio, int channel, double fromMs, double toMs)
    {
        var samples = audio.Channels[channel];
        var from = Math.Clamp((int)(fromMs * audio.Rate / 1000), 0, samples.Length);
        var to = Math.Clamp((int)(toMs * audio.Rate / 1000), from, samples.Length);
        return samples.AsSpan(from, to - from);
    }

    /// <summary>Runs of silence of at least <paramref name="leastMs"/>.</summary>
    public static IReadOnlyList<Silence> Silences(HeardAudio audio, int channel, double leastMs)
    {
        var samples = audio.Channels[channel];
        var found = new List<Silence>();
        var least = leastMs * audio.Rate / 1000;
        for (var at = 0; at < samples.Length;)
        {
            var start = at;
            while (at < samples.Length && Math.Abs((int)samples[at]) < Quiet)
                at++;
            if (at - start >= least)
                found.Add(new Silence(start * 1000.0 / audio.Rate, (at - start) * 1000.0 / audio.Rate));
            at = Math.Max(at, start + 1);
        }
        return found;
    }

    /// <summary>The silences that mark whole UTC seconds: 50 ms, give or take what a codec smears.</summary>
    public static IReadOnlyList<Silence> SecondMarks(HeardAudio audio, int channel) =>
        [.. Silences(audio, channel, 40).Where(silence => silence.LengthMs < 65)];

    /// <summary>By how much each second mark comes after the UTC second it marks, in milliseconds from -500 to 500, when
    /// the audio's axis begins at <paramref name="startUnixMs"/>.</summary>
    public static IReadOnlyList<double> SecondErrorsMs(HeardAudio audio, int channel, double startUnixMs) =>
        [.. SecondMarks(audio, channel).Select(mark => OffSecond(startUnixMs + mark.StartMs))];

    private static double OffSecond(double unixMs)
    {
        var off = unixMs % 1000;
        return off > 500 ? off - 1000 : off;
    }
}
