using Tandem.Contracts.Media;

namespace Tandem.WebServices.Interactions;

/// <summary>A screen capture; <c>ClockSkewMs</c> is how far its clock may stand from the voice's.</summary>
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
    IReadOnlyList<MediaInterval> Pauses,
    IReadOnlyList<MediaInterval> Gaps,
    double? ClockSkewMs,
    string State,
    string? Problem);
