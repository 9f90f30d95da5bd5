using Tandem.ScreenRecordingService.Capture.Windows;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The capture of this platform.</summary>
internal static class Captures
{
    /// <param name="display">X11 only; null: the environment's.</param>
    /// <param name="excluded">Windows whose title or program contains one of these are black, and monitors named <c>monitor:NAME</c>.</param>
    /// <exception cref="DisplayLostException"/>
    public static ICapture Open(string? display, IReadOnlyList<string> excluded) => OperatingSystem.IsLinux()
        ? new X11Capture(display, excluded)
        : OperatingSystem.IsWindows() ? WindowsCaptures.Open(excluded)
        : throw new DisplayLostException("Screen capture is not available on this system.");
}
