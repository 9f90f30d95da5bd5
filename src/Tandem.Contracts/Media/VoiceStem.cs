namespace Tandem.Contracts.Media;

/// <summary>One party's own stream of a segment, one channel, samples as in <see cref="VoicePart"/>. Several of one party
/// follow each other.</summary>
/// <param name="Dn">Whose voice.</param>
/// <param name="StartMs">Where it begins on the segment's axis.</param>
public sealed record VoiceStem(string Dn, string StreamId, string MediaType, int Rate, long StartMs, long DurationMs);
