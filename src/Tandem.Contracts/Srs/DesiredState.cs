namespace Tandem.Contracts.Srs;

/// <summary>What RWS wants of a device. A higher revision replaces a lower one; a state without a capture id means off.</summary>
/// <param name="CaptureId">Lower-case UUID minted by RWS; a change of id ends the one capture and starts the next.</param>
/// <param name="EndReason">Why the last capture ended, when off or changed; SRS files it with that capture.</param>
/// <param name="Reduction">Pixels of the display, along each side, of which one is made; 1 to 4.</param>
/// <param name="TrackPerMonitor">Each monitor is recorded as a track of its own; else one picture has them all.</param>
/// <param name="Encoder">Such as <c>vp9</c>, <c>h264</c>, <c>av1</c> or <c>ffmpeg:NAME</c>; null: the device's own choice. A device that
/// has it not takes another and says so.</param>
/// <param name="FullChroma">Colours of every pixel (4:4:4); else one for four (4:2:0).</param>
public sealed record DesiredState(
    long Revision,
    string? CaptureId,
    string? AgentId,
    bool On,
    bool Paused,
    bool Live,
    int MaximumFps,
    long MaximumDurationMs,
    long OfflineLimitMs,
    Media.EndReason? EndReason,
    int Reduction = 1,
    bool TrackPerMonitor = false,
    string? Encoder = null,
    bool FullChroma = false);
