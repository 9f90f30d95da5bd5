namespace Tandem.Media.Mp4;

/// <summary>A fragmented recording as a progressive MP4 that is never written: a computed header (<c>ftyp</c>,
/// <c>moov</c>, the <c>mdat</c> header) followed by ranges of the sources, so that any byte range can be served at once
/// and a browser seeks without reading the whole.</summary>
public sealed class ProgressiveMp4
{
    private readonly Mp4Range[] ranges;
    private readonly long[] starts;

    private ProgressiveMp4(ProgressiveLayout layout)
    {
        var header = ProgressiveHeader.Write(layout);
        Header = (byte[])[.. header, .. layout.Own.SelectMany(bytes => bytes.ToArray())];
        DurationMs = layout.DurationMs;
        ranges = [new Mp4Range(-1, 0, header.Length), .. layout.Runs.Select(run => run.Part < 0 ? run with { Offset = OfOwn((int)run.Offset) } : run)];
        starts = new long[ranges.Length];
        for (var i = 1; i < ranges.Length; i++)
            starts[i] = starts[i - 1] + ranges[i - 1].Length;
        Length = starts[^1] + ranges[^1].Length;

        long OfOwn(int index) => header.Length + layout.Own.Take(index).Sum(bytes => bytes.Length);
    }

    /// <summary>All bytes that are of no source: what the file begins with, then what stands between them.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    public long DurationMs { get; }

    /// <param name="parts">In order. One without samples is a time in which every track is black.</param>
    /// <param name="tracks">Names of the tracks that the file is to have, in order; of one that no part has a sample of
    /// there is none. Null: all.</param>
    /// <exception cref="ArgumentException">No sample at all.</exception>
    public static ProgressiveMp4 Build(IReadOnlyList<ProgressivePart> parts, IReadOnlyList<string>? tracks = null)
    {
        var layout = ProgressiveLayout.Build(parts, tracks);
        if (layout.Tables.Count == 0)
            throw new ArgumentException("A recording without a sample makes no file.", nameof(parts));
        return new ProgressiveMp4(layout);
    }

    /// <summary>What bytes <paramref name="offset"/> to <paramref name="offset"/> + <paramref name="length"/> of the
    /// file are made of, in order; their lengths add up to <paramref name="length"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 0 to <see cref="Length"/>.</exception>
    public IEnumerable<Mp4Range> Map(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        return Walk(offset, length);
    }

    private IEnumerable<Mp4Range> Walk(long offset, long length)
    {
        var found = Array.BinarySearch(starts, offset);
        for (var i = found >= 0 ? found : ~found - 1; length > 0; i++)
        {
            var within = offset - starts[i];
            var take = Math.Min(length, ranges[i].Length - within);
            if (take > 0)
                yield return new Mp4Range(ranges[i].Part, ranges[i].Offset + within, take);
            offset += take;
            length -= take;
        }
    }
}
