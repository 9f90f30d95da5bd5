namespace Tandem.Media.Rtp;

/// <summary>Turns 16-bit sequence numbers into ones that do not wrap. The nearest value to the last one is taken, so
/// reordering across the wrap is right up to 32,767 packets.</summary>
public struct RtpSequence
{
    private long _last;
    private bool _started;

    /// <summary>The highest value seen; -1 before the first.</summary>
    public readonly long Highest => _started ? _last : -1;

    /// <returns>The extended number; the first one keeps its 16-bit value plus 65,536, so that none is negative.</returns>
    public long Unwrap(ushort sequence)
    {
        if (!_started)
        {
            _started = true;
            return _last = 65_536L + sequence;
        }
        var extended = _last + (short)(sequence - (ushort)_last);
        if (extended > _last)
            _last = extended;
        return extended;
    }
}
