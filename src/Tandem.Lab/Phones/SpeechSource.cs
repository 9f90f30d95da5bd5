namespace Tandem.Lab.Phones;

/// <summary>Recorded speech, each piece begun at an instant; silence between.</summary>
public sealed class SpeechSource(int speechRate) : IAudioSource
{
    private readonly Lock _gate = new();
    private readonly List<(long StartUs, short[] Samples)> _pieces = [];

    /// <param name="samples">At the rate of the speech.</param>
    public void SayAt(long startUs, short[] samples)
    {
        lock (_gate)
            _pieces.Add((startUs, samples));
    }

    public void Fill(long firstSampleUs, int rate, Span<short> samples)
    {
        samples.Clear();
        if (rate != speechRate)
            throw new InvalidOperationException($"speech of {speechRate} samples a second cannot be sent at {rate}");
        lock (_gate)
        {
            foreach (var (startUs, piece) in _pieces)
            {
                var first = (firstSampleUs - startUs) * rate / 1_000_000;
                for (var at = 0; at < samples.Length; at++)
                    if (first + at >= 0 && first + at < piece.Length)
                        samples[at] = piece[first + at];
            }
        }
    }
}
