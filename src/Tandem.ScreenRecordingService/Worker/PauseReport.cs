namespace Tandem.ScreenRecordingService.Worker;

/// <param name="AtUs">UTC microseconds of the capture's clock.</param>
internal sealed record PauseReport(bool Paused, long AtUs);
