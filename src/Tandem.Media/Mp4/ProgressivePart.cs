namespace Tandem.Media.Mp4;

/// <summary>One fragmented source of a progressive file.</summary>
/// <param name="Samples">In decode order, as <see cref="FragmentScan.Samples"/> gives them.</param>
/// <param name="StartMs">Where the part's first sample stands on the recording's axis; not before the end of the part
/// before it. The last picture of that part is held up to here.</param>
/// <param name="DurationMs">How long the part lasts, its last picture held; null: as its samples say.</param>
public sealed record ProgressivePart(VideoTrack Track, IReadOnlyList<Mp4Sample> Samples, long StartMs, long? DurationMs = null);
