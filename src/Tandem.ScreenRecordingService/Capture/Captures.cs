namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The capture of this platform.</summary>
internal static class Captures
{
    /// <param name="display">X11 only; null: the environment's.</param>
    /// <exception cref="DisplayLostException"/>
    public static ICapture Open(string? display) => OperatingSystem.IsLinux()
        ? new X11Capture(display)
        : throw new DisplayLostException("Screen capture is not available on this system.");
}
