namespace Tandem.ScreenRecordingService.Worker;

/// <param name="Cause">Why the pictures are black from now on, such as <c>locked</c>; null: they are not.</param>
/// <param name="AtUs">UTC microseconds of the capture's clock.</param>
internal sealed record AwayReport(string? Cause, long AtUs);
