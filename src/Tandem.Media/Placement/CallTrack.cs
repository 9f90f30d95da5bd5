using Tandem.Media.Codecs;

namespace Tandem.Media.Placement;

/// <summary>The last two seconds of one party's voice on the call clock: samples found by their number since the clock's
/// zero. What nobody wrote is silence. Mixing and recording both read it; the oldest samples are forgotten as
/// <see cref="Advance"/> moves on. A G.711 party's samples are kept as they came, at half the memory.</summary>
public sealed class CallTrack
{
    /// <summary>How far back samples are kept, and how far ahead they may be written.</summary>
    public const int PastMs = 1500;
    public const int FutureMs = 548;
    private const int Chunk = 512;

    // About -54 dBFS: what a line without a voice has.
    private const short SilenceLevel = 64;

    private readonly SampleRing<short>? _linear;
    private readonly SampleRing<byte>? _codes;
    private readonly int _length;
    private long _horizon;

    /// <summary>A track of linear samples.</summary>
    /// <param name="rate">8,000 or 16,000 samples per second.</param>
    /// <param name="nowUs">Call clock.</param>
    public CallTrack(int rate, long nowUs)
    {
        Rate = rate;
        // A power of two near 2.048 s; the ages above fit in it at both rates.
        _length = rate == G711.Rate ? 16_384 : 32_768;
        _linear = new SampleRing<short>(_length, 0);
        _horizon = IndexOf(nowUs) + (FutureMs * rate / 1000);
    }

    /// <summary>A track of G.711 codes, 8,000 a second.</summary>
    public CallTrack(G711Law law, long nowUs)
    {
        (Law, Rate, _length) = (law, G711.Rate, 16_384);
        _codes = new SampleRing<byte>(_length, G711.Silence(law));
        _horizon = IndexOf(nowUs) + (FutureMs * Rate / 1000);
    }

    public int Rate { get; }

    /// <summary>Null: the samples are linear.</summary>
    public G711Law? Law { get; }

    /// <summary>Samples before this number are forgotten.</summary>
    public long Oldest => _horizon - _length;

    /// <summary>Samples from this number on cannot be written yet.</summary>
    public long Horizon => _horizon;

    public long IndexOf(long clockUs) => clockUs * Rate / 1_000_000;

    /// <summary>Moves the window so that <paramref name="nowUs"/> has <see cref="FutureMs"/> ahead.</summary>
    public void Advance(long nowUs)
    {
        var horizon = IndexOf(nowUs) + (FutureMs * Rate / 1000);
        if (horizon <= _horizon)
            return;
        Fill(_horizon, (int)Math.Min(_length, horizon - _horizon));
        _horizon = horizon;
    }

    /// <summary>Puts linear samples in their place; what lies outside the window is dropped.</summary>
    /// <returns>Samples kept.</returns>
    public int Write(long index, ReadOnlySpan<short> pcm)
    {
        var (from, count) = Clip(index, pcm.Length);
        var part = pcm.Slice((int)(from - index), count);
        if (_linear is not null)
        {
            _linear.Write(from, part);
            return count;
        }
        Span<byte> codes = stackalloc byte[Chunk];
        for (var at = 0; at < count; at += Chunk)
        {
            var piece = part.Slice(at, Math.Min(Chunk, count - at));
            G711.Encode(Law!.Value, piece, codes);
            _codes!.Write(from + at, codes[..piece.Length]);
        }
        return count;
    }

    /// <summary>Puts codes of the track's own law in their place; what lies outside the window is dropped.</summary>
    /// <exception cref="InvalidOperationException">The track is linear.</exception>
    public void WriteCodes(long index, ReadOnlySpan<byte> codes)
    {
        var (from, count) = Clip(index, codes.Length);
        Codes.Write(from, codes.Slice((int)(from - index), count));
    }

    /// <summary>Copies linear samples; silence where the window does not reach.</summary>
    public void Read(long index, Span<short> pcm)
    {
        var (from, count) = Clip(index, pcm.Length);
        pcm[..(int)(from - index)].Clear();
        pcm[(int)(from - index + count)..].Clear();
        var part = pcm.Slice((int)(from - index), count);
        if (_linear is not null)
        {
            _linear.Read(from, part);
            return;
        }
        Span<byte> codes = stackalloc byte[Chunk];
        for (var at = 0; at < count; at += Chunk)
        {
            var piece = codes[..Math.Min(Chunk, count - at)];
            _codes!.Read(from + at, piece);
            G711.Decode(Law!.Value, piece, part[at..]);
        }
    }

    /// <summary>Copies codes of the track's own law; the code of silence where the window does not reach.</summary>
    /// <exception cref="InvalidOperationException">The track is linear.</exception>
    public void ReadCodes(long index, Span<byte> codes)
    {
        var (from, count) = Clip(index, codes.Length);
        codes[..(int)(from - index)].Fill(G711.Silence(Law!.Value));
        codes[(int)(from - index + count)..].Fill(G711.Silence(Law!.Value));
        Codes.Read(from, codes.Slice((int)(from - index), count));
    }

    /// <summary>Whether nothing is said in a stretch.</summary>
    public bool IsSilent(long index, int count)
    {
        Span<short> pcm = stackalloc short[Chunk];
        for (var at = 0; at < count; at += Chunk)
        {
            var piece = pcm[..Math.Min(Chunk, count - at)];
            Read(index + at, piece);
            if (piece.IndexOfAnyExceptInRange((short)-SilenceLevel, SilenceLevel) >= 0)
                return false;
        }
        return true;
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
        _linear?.MoveBack(from, _horizon, earlier);
        _codes?.MoveBack(from, _horizon, earlier);
        Erase(_horizon - earlier, _horizon);
    }

    private SampleRing<byte> Codes => _codes ?? throw new InvalidOperationException("The track holds linear samples.");

    /// <summary>The part of a stretch that lies in the window.</summary>
    private (long From, int Count) Clip(long index, int count)
    {
        var from = Math.Clamp(Oldest, index, index + count);
        return (from, (int)(Math.Clamp(_horizon, from, index + count) - from));
    }

    private void Fill(long index, int count)
    {
        _linear?.Silence(index, count);
        _codes?.Silence(index, count);
    }
}
