namespace Tandem.Media.Placement;

/// <summary>A ring of samples found by their number. It knows no window: the caller asks for what the ring can hold.</summary>
/// <param name="length">A power of two.</param>
/// <param name="silence">What fills a place that nobody wrote.</param>
internal sealed class SampleRing<T>
    where T : unmanaged
{
    private readonly T[] _samples;
    private readonly T _silence;
    private readonly int _mask;

    public SampleRing(int length, T silence)
    {
        _samples = GC.AllocateUninitializedArray<T>(length, pinned: true);
        _samples.AsSpan().Fill(silence);
        (_mask, _silence) = (length - 1, silence);
    }

    public void Write(long index, ReadOnlySpan<T> samples)
    {
        var at = (int)index & _mask;
        var first = Math.Min(samples.Length, _samples.Length - at);
        samples[..first].CopyTo(_samples.AsSpan(at));
        samples[first..].CopyTo(_samples);
    }

    public void Read(long index, Span<T> samples)
    {
        var at = (int)index & _mask;
        var first = Math.Min(samples.Length, _samples.Length - at);
        _samples.AsSpan(at, first).CopyTo(samples);
        _samples.AsSpan(0, samples.Length - first).CopyTo(samples[first..]);
    }

    public void Silence(long index, int count)
    {
        var at = (int)index & _mask;
        var first = Math.Min(count, _samples.Length - at);
        _samples.AsSpan(at, first).Fill(_silence);
        _samples.AsSpan(0, count - first).Fill(_silence);
    }

    /// <summary>Moves a stretch to earlier places.</summary>
    public void MoveBack(long from, long to, long by)
    {
        for (var i = from; i < to; i++)
            _samples[(int)(i - by) & _mask] = _samples[(int)i & _mask];
    }
}
