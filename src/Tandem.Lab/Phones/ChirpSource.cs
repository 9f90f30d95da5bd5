using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.Lab.Phones;

/// <summary>A party's steady tone that makes room, at the start of every whole UTC second, for the party's <see cref="Chirp"/>
/// and a moment of silence after it, in which a recorder may mend a clock. A recording of it tells which party it is and, to
/// the sample, when each second sounded.</summary>
public sealed class ChirpSource(string party) : IAudioSource
{
    /// <summary>How long the tone rests.</summary>
    public const long MarkUs = 110_000;

    private const long SecondUs = 1_000_000;
    private readonly ToneGenerator _tone = new(Tones.Of(party), G711.Rate, Tones.LevelDbfs);
    private readonly Chirp _chirp = Chirp.Of(party);

    public void Fill(long firstSampleUs, int rate, Span<short> samples)
    {
        if (rate != _tone.Rate)
            throw new InvalidOperationException($"a tone of {_tone.Rate} samples a second cannot be sent at {rate}");
        _tone.Fill(samples, firstSampleUs * rate / SecondUs);
        for (var i = 0; i < samples.Length; i++)
        {
            var sinceUs = ((firstSampleUs % SecondUs) + (i * (double)SecondUs / rate)) % SecondUs;
            if (sinceUs < MarkUs)
                samples[i] = (short)Math.Round(Tones.Amplitude * _chirp.At(sinceUs / SecondUs));
        }
    }
}
