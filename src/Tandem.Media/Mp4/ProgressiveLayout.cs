namespace Tandem.Media.Mp4;

/// <summary>Which bytes of the sources follow each other in a progressive file, and the tables of its tracks. Chunks are
/// contiguous runs of a source; those of all tracks stand in the order of the sources, so that they are read from front to
/// back.</summary>
internal sealed class ProgressiveLayout
{
    private readonly Dictionary<string, ProgressiveTable> byName;

    private ProgressiveLayout(IEnumerable<ProgressiveTable> tables)
    {
        Tables = [.. tables];
        byName = Tables.ToDictionary(table => table.Name);
    }

    public IReadOnlyList<ProgressiveTable> Tables { get; }

    /// <summary>Part -1: the bytes of <see cref="Own"/> that its offset counts.</summary>
    public List<Mp4Range> Runs { get; } = [];

    /// <summary>What is of no source: black pictures, parameter sets.</summary>
    public List<ReadOnlyMemory<byte>> Own { get; } = [];
    public long DurationMs { get; private set; }

    /// <param name="names">Tracks of the file, in order; those without a sample are left out. Null: all.</param>
    public static ProgressiveLayout Build(IReadOnlyList<ProgressivePart> parts, IReadOnlyList<string>? names)
    {
        var kinds = parts.SelectMany(part => part.Tracks).Where(track => track.Samples.Count > 0).Select(track => track.Track).ToLookup(track => track.Name);
        var layout = new ProgressiveLayout(
            (names ?? [.. kinds.Select(kind => kind.Key)]).Where(kinds.Contains).Select(name => new ProgressiveTable(name, [.. kinds[name]])));
        for (var i = 0; i < parts.Count; i++)
            layout.Add(i, parts[i]);
        foreach (var table in layout.Tables)
            table.DurationMs = layout.DurationMs;
        return layout;
    }

    private void Add(int partIndex, ProgressivePart part)
    {
        var present = part.Tracks.Where(track => track.Samples.Count > 0).ToList();
        foreach (var table in Tables.Where(table => !present.Exists(track => track.Track.Name == table.Name)))
            AddBlank(table, part.StartMs);
        var clocks = present.ToDictionary(track => track.Track.Name, _ => 0L);
        if (present.Count > 0)
        {
            var first = present.MinBy(track => (double)track.Samples[0].DecodeTime / track.Track.Timescale)!;
            foreach (var track in present)
                clocks[track.Track.Name] = first.Samples[0].DecodeTime * track.Track.Timescale / first.Track.Timescale;
        }
        // Rounding each instant, not each duration, keeps errors from adding up.
        long Ms(VideoTrack track, long ticks) =>
            part.StartMs + ((ticks - clocks[track.Name]) * ProgressiveTable.Timescale + track.Timescale / 2) / track.Timescale;
        foreach (var (track, sample) in InOrder([.. present.Where(track => byName.ContainsKey(track.Track.Name))]))
            AddSample(byName[track.Name], partIndex, track, sample, Ms(track, sample.DecodeTime));
        var end = part.DurationMs is { } stated
            ? part.StartMs + stated
            : present.Select(track => Ms(track.Track, track.Samples[^1].DecodeTime + track.Samples[^1].Duration)).DefaultIfEmpty(part.StartMs).Max();
        DurationMs = Math.Max(DurationMs, Math.Max(end, Tables.Select(table => table.TimesMs.LastOrDefault()).DefaultIfEmpty().Max()));
    }

    /// <summary>The samples of several tracks by their place in the source.</summary>
    private static IEnumerable<(VideoTrack Track, Mp4Sample Sample)> InOrder(List<PartTrack> tracks)
    {
        var next = new int[tracks.Count];
        while (true)
        {
            var first = -1;
            for (var i = 0; i < next.Length; i++)
            {
                if (next[i] < tracks[i].Samples.Count && (first < 0 || tracks[i].Samples[next[i]].Offset < tracks[first].Samples[next[first]].Offset))
                    first = i;
            }
            if (first < 0)
                yield break;
            yield return (tracks[first].Track, tracks[first].Samples[next[first]++]);
        }
    }

    private void AddSample(ProgressiveTable table, int partIndex, VideoTrack track, Mp4Sample sample, long atMs)
    {
        var prefix = sample.Key ? table.PrefixOf(track) : default;
        if (prefix.IsEmpty && table.LastRun >= 0 && table.LastRun == Runs.Count - 1
            && Runs[^1].Part == partIndex && Runs[^1].Offset + Runs[^1].Length == sample.Offset)
        {
            Runs[^1] = Runs[^1] with { Length = Runs[^1].Length + sample.SizeBytes };
            table.Extend(sample, atMs);
            return;
        }
        var first = Runs.Count;
        if (!prefix.IsEmpty)
            Runs.Add(OwnRange(prefix));
        Runs.Add(new Mp4Range(partIndex, sample.Offset, sample.SizeBytes));
        table.Open(prefix.Length + sample.SizeBytes, sample.Key, atMs, track, first, Runs.Count - 1);
    }

    private void AddBlank(ProgressiveTable table, long atMs)
    {
        if (table.IsBlank)
            return;
        // Of two pictures at one instant a browser shows the first.
        table.OpenBlank(table.TimesMs.Count > 0 ? Math.Max(atMs, table.TimesMs[^1] + 1) : atMs, Runs.Count);
        Runs.Add(OwnRange(table.Blank.Data));
    }

    private Mp4Range OwnRange(ReadOnlyMemory<byte> bytes)
    {
        var index = Own.FindIndex(known => known.Span.SequenceEqual(bytes.Span));
        if (index < 0)
        {
            index = Own.Count;
            Own.Add(bytes);
        }
        return new Mp4Range(-1, index, bytes.Length);
    }
}
