using Tandem.Contracts.Media;

namespace Tandem.WebServices.Interactions;

/// <summary>A screen capture; <c>ClockSkewMs</c> is how far its clock may stand from the voice's.</summary>
/// <param name="MediaUri">Everything in one file: a track of all monitors where a part is so recorded, then one of each
/// monitor that has its own.</param>
/// <param name="Monitors">As they were at its beginning; <paramref name="Parts"/> say how they were later.</param>
/// <param name="Tracks">Monitors that have a track of their own; none where one picture shows them all.</param>
internal sealed record ScreenRecordingView(
    string Id,
    string AgentId,
    string AgentName,
    string Start,
    string? Stop,
    long? DurationMs,
    string? EndReason,
    string MediaId,
    string? MediaUri,
    string? Codec,
    int? Width,
    int? Height,
    IReadOnlyList<MonitorGeometry> Monitors,
    IReadOnlyList<ScreenPartView> Parts,
    IReadOnlyList<ScreenTrackView> Tracks,
    IReadOnlyList<MediaInterval> Pauses,
    IReadOnlyList<MediaInterval> Gaps,
    double? ClockSkewMs,
    string State,
    string? Problem);
