namespace Tandem.Media.Placement;

/// <summary>The last two seconds of one party's voice on the call clock: linear samples, found by their number since the
/// clock's zero. What nobody wrote is silence. Mixing and recording both read it; the oldest samples are forgotten as
/// <see cref="Advance"/> moves on.</summary>
public sealed class CallTrack
{
    /// <summary>How far back samples are kept, and how far ahead they may be written.</summary>
    public const int PastMs = 1500;
    public const int FutureMs = 548;

    private readonly short[] _ring;
    private readonly int _mask;
    private long _horizon;

    /// <param name="rate">8,000 or 16,000 samples per second.</param>
    /// <param name="nowUs">Call clock.</param>
    public CallTrack(int rate, long nowUs)
    {
        Rate = rate;
        // A power of two near 2.048 s; the ages above fit in it at both rates.
        _ring = GC.AllocateUninitializedArray<short>(rate == 8000 ? 16_384 : 32_768, pinned: true);
        _ring.AsSpan().Clear();
        _mask = _ring.Length - 1;
        _horizon = IndexOf(nowUs) + (FutureMs * rate / 1000);
    }

    public int Rate { get; }

    /// <summary>Samples before this number are forgotten.</summary>
    public long Oldest => _horizon - _ring.Length;

    /// <summary>Samples from this number on cannot be written yet.</summary>
    public long Horizon => _horizon;

    public long IndexOf(long clockUs) => clockUs * Rate / 1_000_000;

    /// <summary>Moves the window so that <paramref name="nowUs"/> has <see cref="FutureMs"/> ahead.</summary>
    public void Advance(long nowUs)
    {
        var horizon = IndexOf(nowUs) + (FutureMs * Rate / 1000);
        if (horizon <= _horizon)
            return;
        if (horizon - _horizon >= _ring.Length)
            _ring.AsSpan().Clear();
        else
            Fill(_horizon, (int)(horizon - _horizon));
        _horizon = horizon;
    }

    /// <summary>Puts samples in their place; what lies outside the window is dropped.</summary>
    /// <returns>Samples kept.</returns>
    public int Write(long index, ReadOnlySpan<short> pcm)
    {
        var from = Math.Max(index, Oldest);
        var to = Math.Min(index + pcm.Length, _horizon);
        if (to <= from)
            return 0;
        var part = pcm.Slice((int)(from - index), (int)(to - from));
        var at = (int)from & _mask;
        var first = Math.Min(part.Length, _ring.Length - at);
        part[..first].CopyTo(_ring.AsSpan(at));
        part[first..].CopyTo(_ring);
        return part.Length;
    }

    /// <summary>Copies samples; silence where the window does not reach.</summary>
    public void Read(long index, Span<short> pcm)
    {
        var from = Math.Clamp(Oldest, index, index + pcm.Length);
        var to = Math.Clamp(_horizon, from, index + pcm.Length);
        pcm[..(int)(from - index)].Clear();
        pcm[(int)(to - index)..].Clear();
        var part = pcm[(int)(from - index)..(int)(to - index)];
        var at = (int)from & _mask;
        var first = Math.Min(part.Length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(part);
        _ring.AsSpan(0, part.Length - first).CopyTo(part[first..]);
    }

    /// <summary>Makes a stretch silent.</summary>
    public void Erase(long from, long to)
    {
        from = Math.Max(from, Oldest);
        to = Math.Min(to, _horizon);
        if (to > from)
            Fill(from, (int)(to - from));
    }

    /// <summary>Moves all from <paramref name="from"/> on to earlier places, for a stream whose first packets turn out to
    /// have been late.</summary>
    /// <param name="earlier">Samples, positive.</param>
    public void Shift(long from, long earlier)
    {
        from = Math.Max(from, Oldest + earlier);
        for (var i = from; i < _horizon; i++)
            _ring[(int)(i - earlier) & _mask] = _ring[(int)i & _mask];
        Erase(_horizon - earlier, _horizon);
    }

    private void Fill(long index, int count)
    {
        var at = (int)index & _mask;
        var first = Math.Min(count, _ring.Length - at);
        _ring.AsSpan(at, first).Clear();
        _ring.AsSpan(0, count - first).Clear();
    }
}
