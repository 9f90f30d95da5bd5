namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What a <see cref="CaptureLoop"/> shall do; a newer one replaces an older one.</summary>
/// <param name="CaptureId">Null: nothing is captured.</param>
internal sealed record CaptureRequest(string? CaptureId, bool Paused, int MaximumFps)
{
    public static CaptureRequest Off { get; } = new(null, false, 10);
}
