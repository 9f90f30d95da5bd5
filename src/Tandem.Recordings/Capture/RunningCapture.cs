namespace Tandem.Recordings.Capture;

/// <param name="StartUs">When it was wanted, UTC microseconds.</param>
/// <param name="PrimaryCallUuid">The agent's first call, which the file belongs to; null for non-voice.</param>
/// <param name="AfterCallWorkUs">When the last call ended, once after-call work is being recorded.</param>
/// <param name="DeadlineUs">When the wait for after-call work ends.</param>
public sealed record RunningCapture(
    CapturePart Part,
    long StartUs,
    string? PrimaryCallUuid,
    string? PrimarySegmentId,
    bool Paused,
    long? AfterCallWorkUs = null,
    long? DeadlineUs = null);
