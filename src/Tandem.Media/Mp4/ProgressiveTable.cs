namespace Tandem.Media.Mp4;

/// <summary>The sample tables of a progressive file: times in milliseconds, chunks are contiguous runs of a source.</summary>
internal sealed class ProgressiveTable
{
    public const uint Timescale = 1_000;

    /// <summary>Sample descriptions in use, in order of first use.</summary>
    public List<VideoTrack> Descriptions { get; } = [];
    public List<int> Sizes { get; } = [];
    public List<long> TimesMs { get; } = [];

    /// <summary>1-based numbers of sync samples.</summary>
    public List<uint> Keys { get; } = [];

    /// <summary>One chunk each.</summary>
    public List<Mp4Range> Runs { get; } = [];
    public List<int> SamplesPerRun { get; } = [];

    /// <summary>1-based.</summary>
    public List<int> DescriptionOfRun { get; } = [];
    public long DurationMs { get; private set; }

    public static ProgressiveTable Build(IReadOnlyList<ProgressivePart> parts)
    {
        var table = new ProgressiveTable();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Samples.Count > 0)
                table.Add(i, parts[i]);
        }
        return table;
    }

    /// <summary>Length of sample <paramref name="index"/>: up to the next one, so the last picture is held.</summary>
    public uint DurationOf(int index) =>
        (uint)Math.Max(0, (index + 1 < TimesMs.Count ? TimesMs[index + 1] : DurationMs) - TimesMs[index]);

    private void Add(int partIndex, ProgressivePart part)
    {
        var description = DescriptionOf(part.Track);
        var first = part.Samples[0].DecodeTime;
        // Rounding each instant, not each duration, keeps errors from adding up.
        long Ms(long ticks) => part.StartMs + ((ticks - first) * Timescale + part.Track.Timescale / 2) / part.Track.Timescale;
        var open = false;
        foreach (var sample in part.Samples)
        {
            if (sample.Key)
                Keys.Add((uint)Sizes.Count + 1);
            Sizes.Add(sample.SizeBytes);
            TimesMs.Add(Math.Max(Ms(sample.DecodeTime), TimesMs.Count > 0 ? TimesMs[^1] : 0));
            if (open && Runs[^1].Offset + Runs[^1].Length == sample.Offset)
                Extend(sample.SizeBytes);
            else
                Open(new Mp4Range(partIndex, sample.Offset, sample.SizeBytes), description);
            open = true;
        }
        var last = part.Samples[^1];
        var end = part.DurationMs is { } stated ? part.StartMs + stated : Ms(last.DecodeTime + last.Duration);
        DurationMs = Math.Max(end, TimesMs[^1]);
    }

    private void Extend(int size)
    {
        Runs[^1] = Runs[^1] with { Length = Runs[^1].Length + size };
        SamplesPerRun[^1]++;
    }

    private void Open(Mp4Range run, int description)
    {
        Runs.Add(run);
        SamplesPerRun.Add(1);
        DescriptionOfRun.Add(description);
    }

    private int DescriptionOf(VideoTrack track)
    {
        var known = Descriptions.FindIndex(d => d.Codec == track.Codec && d.Width == track.Width && d.Height == track.Height
            && d.ConfigurationOrDefault().Span.SequenceEqual(track.ConfigurationOrDefault().Span));
        if (known >= 0)
            return known + 1;
        Descriptions.Add(track);
        return Descriptions.Count;
    }
}
