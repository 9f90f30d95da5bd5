namespace Tandem.ScreenRecordingService.Worker;

internal sealed record WorkerReady(int Width, int Height, string Encoder);
