namespace Tandem.ScreenRecordingService.Worker;

internal sealed record StopReport(string CaptureId, string? Problem);
