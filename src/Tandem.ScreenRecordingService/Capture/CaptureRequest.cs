namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What a <see cref="CaptureLoop"/> shall do; a newer one replaces an older one.</summary>
/// <param name="CaptureId">Null: nothing is captured.</param>
/// <param name="KeyFrames">How many key frames were asked for so far: one more, and one is made at once.</param>
/// <param name="Stage">Named also while nothing is captured, for the encoder is held warm for it; null: the usual.</param>
internal sealed record CaptureRequest(string? CaptureId, bool Paused, int MaximumFps, int KeyFrames = 0, StageSettings? Stage = null)
{
    public static CaptureRequest Off { get; } = new(null, false, 10);

    public StageSettings Stage { get; init; } = Stage ?? StageSettings.Usual;
}
