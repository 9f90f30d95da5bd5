namespace Tandem.Media.Peaks;

/// <summary>Lowest and highest sample of each stretch of N, for a waveform. Feed spans in order; the result is the same
/// however the samples are cut.</summary>
public sealed class PeakBuilder
{
    private readonly int _samplesPerPeak;
    private readonly List<short> _pairs = [];
    private short _low;
    private short _high;
    private int _count;

    /// <param name="samplesPerPeak">At least 1.</param>
    public PeakBuilder(int samplesPerPeak)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerPeak, 1);
        _samplesPerPeak = samplesPerPeak;
    }

    public void Add(ReadOnlySpan<short> pcm)
    {
        foreach (var sample in pcm)
        {
            if (_count == 0)
                (_low, _high) = (sample, sample);
            else if (sample < _low)
                _low = sample;
            else if (sample > _high)
                _high = sample;
            if (++_count == _samplesPerPeak)
                Close();
        }
    }

    /// <summary>Closes an unfinished last stretch and gives min, max, min, max …</summary>
    public IReadOnlyList<short> Finish()
    {
        if (_count > 0)
            Close();
        return _pairs;
    }

    private void Close()
    {
        _pairs.Add(_low);
        _pairs.Add(_high);
        _count = 0;
    }
}
