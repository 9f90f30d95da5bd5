namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What a <see cref="CaptureLoop"/> shall do; a newer one replaces an older one.</summary>
/// <param name="CaptureId">Null: nothing is captured.</param>
/// <param name="KeyFrames">How many key frames were asked for so far: one more, and one is made at once.</param>
/// <param name="Reduction">Pixels of the display, along each side, of which one is made; 1 to 4. Named also while nothing is
/// captured, for the encoder is held warm for it.</param>
internal sealed record CaptureRequest(string? CaptureId, bool Paused, int MaximumFps, int KeyFrames = 0, int Reduction = 1)
{
    public static CaptureRequest Off { get; } = new(null, false, 10);
}
