using Tandem.Contracts.Media;

namespace Tandem.WebServices.Interactions;

/// <summary>A voice segment; <c>Channels</c> says who is on channel 1 and 2 (several joined by <c>+</c>), <c>Copies</c> what other
/// recorders made of the same.</summary>
internal sealed record SegmentView(
    string Id,
    string Dn,
    IReadOnlyList<string> Agents,
    IReadOnlyList<string> Channels,
    string Start,
    string? Stop,
    long? DurationMs,
    string? EndReason,
    string MediaId,
    string? MediaUri,
    string? PeaksUri,
    IReadOnlyList<MediaInterval> Pauses,
    IReadOnlyList<MediaInterval> Holds,
    IReadOnlyList<MediaInterval> Gaps,
    string State,
    IReadOnlyList<SegmentCopyView> Copies);
