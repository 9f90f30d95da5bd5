using Tandem.Lab.Phones;
using Tandem.Media.Signals;

namespace Tandem.Lab.Senses;

/// <summary>Hears which known tones a channel holds and where its whole seconds are.</summary>
public static class Ear
{
    /// <summary>Below this a sample is silence; a tone at -12 dBFS stays under it for at most one sample at a time.</summary>
    private const int Quiet = 500;

    private const double PresentDbfs = -20;

    /// <summary>The parties whose tones are clearly there, in the order of <see cref="Tones.All"/>; the tone's own silence
    /// at each whole second does not matter for spans of 100 ms and more.</summary>
    public static IReadOnlyList<string> PartiesIn(ReadOnlySpan<short> samples, int rate)
    {
        var found = new List<string>();
        foreach (var (party, hertz) in Tones.All)
            if (Spectrum.ToneDbfs(samples, rate, hertz) > PresentDbfs)
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
        var runs = SilenceFinder.Find(audio.Channels[channel], (int)(leastMs * audio.Rate / 1000), Quiet);
        return [.. runs.Select(run => new Silence(run.Start * 1000.0 / audio.Rate, run.Length * 1000.0 / audio.Rate))];
    }

    /// <summary>The silences that mark whole UTC seconds: 50 ms, give or take what a codec smears. One at the beginning
    /// or the end of the audio is not told from a party who is not speaking yet, or no more.</summary>
    public static IReadOnlyList<Silence> SecondMarks(HeardAudio audio, int channel) =>
    [
        .. Silences(audio, channel, 40).Where(silence =>
            silence.LengthMs < 65 && silence.StartMs > 0 && silence.StartMs + silence.LengthMs < audio.DurationMs - 1),
    ];

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
