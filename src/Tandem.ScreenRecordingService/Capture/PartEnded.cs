namespace Tandem.ScreenRecordingService.Capture;

/// <param name="DurationMs">From the part's first picture to its end.</param>
/// <param name="Problem">Why it ended before its time, or null.</param>
internal sealed record PartEnded(string CaptureId, int Part, long DurationMs, long Frames, long Dropped, string? Problem);
