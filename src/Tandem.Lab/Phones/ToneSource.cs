using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.Lab.Phones;

/// <summary>A steady tone that is silent for the first 50 ms of every whole UTC second, so that a recording of it tells
/// which party it is and when each sample sounded.</summary>
public sealed class ToneSource(double hertz) : IAudioSource
{
    private readonly ToneGenerator _tone = new(hertz, G711.Rate, Tones.LevelDbfs);

    public void Fill(long firstSampleUs, int rate, Span<short> samples)
    {
        if (rate != _tone.Rate)
            throw new InvalidOperationException($"a tone of {_tone.Rate} samples a second cannot be sent at {rate}");
        // Numbered by time, so that the phase is the same whoever asks when.
        _tone.FillMarked(samples, firstSampleUs * rate / 1_000_000, firstSampleUs);
    }
}
