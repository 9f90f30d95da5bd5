namespace Tandem.ScreenRecordingService.Worker;

/// <param name="Degraded">A sentence for people where the encoder is not the best one.</param>
internal sealed record WorkerReady(int Width, int Height, string Encoder, string? Degraded);
