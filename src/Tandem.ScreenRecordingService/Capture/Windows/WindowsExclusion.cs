using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>Finds the windows that must not be shown, by title or program. The whole window counts, even where others
/// cover it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsExclusion(IReadOnlyList<string> texts)
{
    /// <summary>In desktop coordinates. Windows cannot be held still: take what is there before and after the pixels.</summary>
    public IEnumerable<WindowsRectangle> Find()
    {
        if (texts.Count == 0)
            return [];
        return [.. DesktopWindows.Visible().Where(Matches).Select(DesktopWindows.Rectangle).OfType<WindowsRectangle>()];
    }

    private bool Matches(nint window) => Names(DesktopWindows.Title(window)) || Names(DesktopWindows.Program(window));

    private bool Names(string text) => texts.Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase));
}
