using System.Text.Json.Serialization;

namespace Tandem.Contracts.Media;

/// <summary>What MCP posts to <c>/internal-api/contact-centers/{ccid}/recordings</c> after the upload of a segment;
/// idempotent by <see cref="SegmentId"/>. Instants are UTC microseconds since 1970.</summary>
public sealed record VoiceSegmentReport
{
    public required string SegmentId { get; init; }
    public required string CallUuid { get; init; }
    public required string ConnId { get; init; }

    /// <summary>The DN on channel 1.</summary>
    public required string RecordDn { get; init; }

    /// <summary>Every DN that was ever on channel 2, in the order of joining.</summary>
    public required IReadOnlyList<string> OtherDns { get; init; }

    public string? Ani { get; init; }
    public string? Dnis { get; init; }
    public required long StartUs { get; init; }
    public required long StopUs { get; init; }

    /// <summary>The streams of the segment, in order; a change of sample rate opens a new one.</summary>
    public required IReadOnlyList<VoicePart> Parts { get; init; }

    /// <summary>Streams of the single parties, where they were asked for.</summary>
    public IReadOnlyList<VoiceStem> Stems { get; init; } = [];

    /// <summary>Sources of RTP in the order of coming.</summary>
    public IReadOnlyList<VoiceAnchor> Anchors { get; init; } = [];

    public IReadOnlyList<MediaInterval> Pauses { get; init; } = [];
    public IReadOnlyList<MediaInterval> Holds { get; init; } = [];
    public IReadOnlyList<MediaInterval> Gaps { get; init; } = [];
    public required EndReason EndReason { get; init; }

    /// <summary>Every stream that belongs to the segment.</summary>
    [JsonIgnore]
    public IEnumerable<string> StreamIds => Parts.Select(part => part.StreamId).Concat((Stems ?? []).Select(stem => stem.StreamId));
}
