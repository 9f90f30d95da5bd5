namespace Tandem.Contracts.Media;

/// <summary>One sealed stream of interleaved two-channel samples without a header.</summary>
/// <param name="MediaType"><c>audio/PCMA</c>, <c>audio/PCMU</c> (one byte a sample) or <c>audio/L16</c> (little-endian).</param>
/// <param name="Rate">Samples per second and channel.</param>
/// <param name="StartMs">Where the part begins on the segment's axis.</param>
public sealed record VoicePart(string StreamId, string MediaType, int Rate, long StartMs, long DurationMs);
