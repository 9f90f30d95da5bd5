namespace Tandem.Lab.Phones;

/// <summary>What a simulated phone's microphone hears.</summary>
public interface IAudioSource
{
    /// <summary>Fills one packet's samples.</summary>
    /// <param name="firstSampleUs">UTC microseconds since 1970 at which the first sample sounds.</param>
    /// <param name="rate">Samples per second.</param>
    void Fill(long firstSampleUs, int rate, Span<short> samples);
}
