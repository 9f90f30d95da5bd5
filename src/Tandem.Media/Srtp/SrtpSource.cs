namespace Tandem.Media.Srtp;

/// <summary>What a receiver remembers of one source: the highest index and which of the 64 up to it have come
/// (RFC 3711 §3.3.1, §3.3.2).</summary>
internal readonly struct SrtpSource
{
    private readonly long _highest;
    private readonly ulong _seen;

    private SrtpSource(long highest, ulong seen) => (_highest, _seen) = (highest, seen);

    private bool IsNew => _seen == 0;

    /// <summary>The index nearest to the highest; a new source begins with a roll-over counter of 0.</summary>
    /// <returns>Negative when it lies before the stream's begin.</returns>
    public long Estimate(ushort sequence) => IsNew ? sequence : _highest + (short)(sequence - (ushort)_highest);

    public bool IsOld(long index)
    {
        if (IsNew || index > _highest)
            return false;
        var age = _highest - index;
        return age >= 64 || (_seen & (1UL << (int)age)) != 0;
    }

    public SrtpSource With(long index)
    {
        if (IsNew)
            return new SrtpSource(index, 1);
        var step = index - _highest;
        return step > 0
            ? new SrtpSource(index, (step >= 64 ? 0 : _seen << (int)step) | 1)
            : new SrtpSource(_highest, _seen | (1UL << (int)-step));
    }
}
