using System.Text.Json.Serialization;

namespace Tandem.Contracts.Cti;

/// <summary>The recording of one DN in one call. Two recorded DNs alone in a call share one segment.</summary>
/// <param name="SegmentId">Lower-case UUID minted by SIP Server.</param>
/// <param name="File">GSIP_REC_FN, for old clients.</param>
public sealed record RecordingReport(
    [property: JsonPropertyName("state")] RecordingState State,
    [property: JsonPropertyName("segmentId")] string SegmentId,
    [property: JsonPropertyName("file")] string? File = null);
