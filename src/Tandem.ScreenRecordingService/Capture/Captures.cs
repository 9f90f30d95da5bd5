using Tandem.ScreenRecordingService.Capture.Windows;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The capture of this platform.</summary>
internal static class Captures
{
    /// <param name="display">X11 only; null: the environment's.</param>
    /// <param name="excluded">Windows whose title or program contains one of these are black, and monitors named <c>monitor:NAME</c>.</param>
    /// <param name="reduction">One pixel of the picture for so many by so many of the display, 1 to 4; X11 only.</param>
    /// <exception cref="DisplayLostException"/>
    public static ICapture Open(string? display, IReadOnlyList<string> excluded, int reduction = 1) => OperatingSystem.IsLinux()
        ? new X11Capture(display, excluded, reduction)
        : OperatingSystem.IsWindows() && reduction > 1 ? throw new DisplayLostException("Pictures are reduced on X11 only: leave --reduce out.")
        : OperatingSystem.IsWindows() ? WindowsCaptures.Open(excluded)
        : throw new DisplayLostException("Screen capture is not available on this system.");
}
