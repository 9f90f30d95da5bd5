namespace Tandem.Media.Mp4;

/// <summary>The sample tables of one track of a progressive file; times in milliseconds.</summary>
/// <param name="kinds">How its pictures are coded, at least one: black is coded as the first is.</param>
internal sealed class ProgressiveTable(string name, IReadOnlyList<VideoTrack> kinds)
{
    public const uint Timescale = 1_000;

    public string Name => name;

    /// <summary>What stands where the track has nothing to show.</summary>
    public BlankPicture Blank { get; } = BlankPicture.Of(kinds[0].Codec);

    /// <summary>Sample descriptions in use, in order of first use.</summary>
    public List<VideoTrack> Descriptions { get; } = [];
    public List<int> Sizes { get; } = [];
    public List<long> TimesMs { get; } = [];

    /// <summary>1-based numbers of sync samples.</summary>
    public List<uint> Keys { get; } = [];

    /// <summary>The run of the file that each chunk begins with.</summary>
    public List<int> Chunks { get; } = [];
    public List<int> SamplesPerChunk { get; } = [];

    /// <summary>1-based.</summary>
    public List<int> DescriptionOfChunk { get; } = [];

    /// <summary>Up to where the last picture is held.</summary>
    public long DurationMs { get; set; }

    /// <summary>Length of sample <paramref name="index"/>: up to the next one, so the last picture is held.</summary>
    public uint DurationOf(int index) =>
        (uint)Math.Max(0, (index + 1 < TimesMs.Count ? TimesMs[index + 1] : DurationMs) - TimesMs[index]);

    /// <summary>Whether black stands there now.</summary>
    public bool IsBlank { get; private set; }

    /// <summary>The run of the file at which the newest sample ends; -1: there is none.</summary>
    public int LastRun { get; private set; } = -1;

    /// <summary>A sample that follows the one before it in the same chunk.</summary>
    public void Extend(Mp4Sample sample, long atMs)
    {
        Add(sample.SizeBytes, sample.Key, atMs);
        SamplesPerChunk[^1]++;
    }

    /// <summary>A sample that begins a chunk.</summary>
    /// <param name="run">The run of the file that the chunk begins with.</param>
    /// <param name="lastRun">The one at which the sample ends.</param>
    public void Open(int size, bool key, long atMs, VideoTrack track, int run, int lastRun)
    {
        Add(size, key, atMs);
        Chunks.Add(run);
        SamplesPerChunk.Add(1);
        DescriptionOfChunk.Add(DescriptionOf(track));
        LastRun = lastRun;
        IsBlank = false;
    }

    public void OpenBlank(long atMs, int run)
    {
        Open(Blank.Data.Length, true, atMs, Blank.Track, run, run);
        IsBlank = true;
    }

    /// <summary>What a key frame has to bring along, because a player may come to it with other parameter sets; else empty.</summary>
    public ReadOnlyMemory<byte> PrefixOf(VideoTrack track)
    {
        if (track.Codec != VideoCodec.H264 || DescriptionOf(track) == 1 && kinds.All(kind => IsAlike(kind, track)))
            return default;
        return AvcParameterSets.InSample(track.Configuration.Span);
    }

    private void Add(int size, bool key, long atMs)
    {
        if (key)
            Keys.Add((uint)Sizes.Count + 1);
        Sizes.Add(size);
        TimesMs.Add(Math.Max(atMs, TimesMs.Count > 0 ? TimesMs[^1] : 0));
    }

    private int DescriptionOf(VideoTrack track)
    {
        var known = Descriptions.FindIndex(description => IsAlike(description, track));
        if (known >= 0)
            return known + 1;
        Descriptions.Add(track);
        return Descriptions.Count;
    }

    private static bool IsAlike(VideoTrack a, VideoTrack b) => a.Codec == b.Codec && a.Width == b.Width && a.Height == b.Height
        && a.ConfigurationOrDefault().Span.SequenceEqual(b.ConfigurationOrDefault().Span);
}
