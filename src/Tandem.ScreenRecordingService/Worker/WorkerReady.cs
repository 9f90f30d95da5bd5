namespace Tandem.ScreenRecordingService.Worker;

/// <param name="Degraded">A sentence for people where the encoder is not the best one.</param>
/// <param name="CaptureId">The capture that this worker went on with while there was no service; null: none.</param>
/// <param name="Paused">Whether that one is paused.</param>
internal sealed record WorkerReady(int Width, int Height, string Encoder, string? Degraded, string? CaptureId = null, bool Paused = false);
