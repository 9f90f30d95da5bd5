namespace Tandem.Media.Mp4;

/// <summary>One fragmented source of a progressive file.</summary>
/// <param name="Tracks">Each of another name. A track of the file that is not among them, or has no sample here, is black
/// from <paramref name="StartMs"/> until a part has it again.</param>
/// <param name="StartMs">Where the first sample of all stands on the recording's axis; not before the end of the part before
/// it. The last pictures of that part are held up to here.</param>
/// <param name="DurationMs">How long the part lasts, its last pictures held; null: as its samples say.</param>
public sealed record ProgressivePart(IReadOnlyList<PartTrack> Tracks, long StartMs, long? DurationMs = null);
