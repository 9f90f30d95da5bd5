namespace Tandem.ScreenRecordingService.Worker;

/// <param name="AtUs">UTC microseconds of this machine's clock.</param>
internal sealed record PauseReport(bool Paused, long AtUs);
