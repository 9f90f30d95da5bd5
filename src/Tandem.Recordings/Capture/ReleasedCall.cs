namespace Tandem.Recordings.Capture;

/// <param name="AtUs">UTC microseconds.</param>
/// <param name="ByRelease">False when only the recording was turned off.</param>
public sealed record ReleasedCall(string CallUuid, string? SegmentId, long AtUs, bool ByRelease);
