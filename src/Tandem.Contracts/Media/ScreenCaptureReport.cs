namespace Tandem.Contracts.Media;

/// <summary>What SRS posts to <c>/internal-api/contact-centers/{ccid}/screen-recordings</c> after the upload of a
/// capture; idempotent by <see cref="CaptureId"/>. Instants are UTC microseconds since 1970 on the server's clock.</summary>
public sealed record ScreenCaptureReport
{
    public required string CaptureId { get; init; }
    public required string AgentId { get; init; }
    public required string DeviceId { get; init; }

    /// <summary>The time of the first frame.</summary>
    public required long StartUs { get; init; }
    public required long StopUs { get; init; }

    /// <summary>Streams in order (an encoder or service that restarted opens a new one), fragmented MP4 each.</summary>
    public required IReadOnlyList<ScreenPart> Parts { get; init; }

    public IReadOnlyList<MonitorGeometry> Monitors { get; init; } = [];
    public IReadOnlyList<MediaInterval> Pauses { get; init; } = [];
    public IReadOnlyList<MediaInterval> Gaps { get; init; } = [];
    public IReadOnlyList<ClockSample> ClockSamples { get; init; } = [];
    public long FramesCaptured { get; init; }
    public long FramesDropped { get; init; }
    public required EndReason EndReason { get; init; }
}
