namespace Tandem.Media.Rtp;

/// <summary>What a receiver report says of one source: RFC 3550 A.3 (loss) and A.8 (jitter).</summary>
/// <param name="clockRate">Timestamp units per second.</param>
public sealed class RtpStatistics(int clockRate)
{
    private RtpSequence _sequence;
    private long _first = -1;
    private long _expectedPrior;
    private long _receivedPrior;
    private long _lastTransit;
    private double _jitter;

    public long Received { get; private set; }

    public long Expected => _first < 0 ? 0 : _sequence.Highest - _first + 1;

    /// <summary>May be negative: duplicates count as received.</summary>
    public long Lost => Expected - Received;

    /// <summary>In timestamp units.</summary>
    public double Jitter => _jitter;

    /// <summary>As the report carries it: cycles above, sequence below.</summary>
    public uint ExtendedHighest => _first < 0 ? 0 : (uint)(_sequence.Highest - 65_536L);

    /// <param name="arrivalUs">Microseconds on any steady clock.</param>
    public void Add(ushort sequence, uint timestamp, long arrivalUs)
    {
        var extended = _sequence.Unwrap(sequence);
        var transit = (arrivalUs * clockRate / 1_000_000) - timestamp;
        if (_first < 0)
            _first = extended;
        else
            _jitter += (Math.Abs((int)(transit - _lastTransit)) - _jitter) / 16;
        _lastTransit = transit;
        Received++;
    }

    /// <summary>The share lost since the last call, 0 to 255 (RFC 3550 A.3).</summary>
    public byte TakeFractionLost()
    {
        var expected = Expected - _expectedPrior;
        var lost = expected - (Received - _receivedPrior);
        _expectedPrior = Expected;
        _receivedPrior = Received;
        return expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expected);
    }
}
