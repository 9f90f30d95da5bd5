namespace Tandem.Media.Mp4;

/// <summary>What one source holds of one track of a progressive file.</summary>
/// <param name="Track">Its name says which track of the file: parts that name it alike follow each other there.</param>
/// <param name="Samples">In decode order, as <see cref="FragmentScan.Samples"/> gives them.</param>
public sealed record PartTrack(VideoTrack Track, IReadOnlyList<Mp4Sample> Samples);
