namespace Tandem.Lab.Phones;

/// <summary>A steady tone that is silent for the first 50 ms of every whole UTC second, so that a recording of it tells
/// which party it is and when each sample sounded.</summary>
public sealed class ToneSource(double hertz) : IAudioSource
{
    private static readonly double Amplitude = 32767 * Math.Pow(10, Tones.LevelDbfs / 20);

    public void Fill(long firstSampleUs, int rate, Span<short> samples)
    {
        for (var at = 0; at < samples.Length; at++)
        {
            // The phase follows the position in the second, so that every second is the same and begins at zero.
            var intoSecond = (firstSampleUs + at * 1_000_000L / rate) % 1_000_000;
            samples[at] = intoSecond < Tones.SilenceMs * 1000
                ? (short)0
                : (short)Math.Round(Amplitude * Math.Sin(2 * Math.PI * hertz * intoSecond / 1_000_000));
        }
    }
}
