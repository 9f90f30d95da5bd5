using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>Finds what must not be shown: windows by title or program, monitors by name (<c>monitor:NAME</c>). The whole
/// window counts, even where others cover it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsExclusion(IReadOnlyList<string> excluded)
{
    private const string MonitorPrefix = "monitor:";

    private readonly string[] texts = [.. excluded.Where(text => !text.StartsWith(MonitorPrefix, StringComparison.Ordinal))];
    private readonly string[] monitors =
        [.. excluded.Where(text => text.StartsWith(MonitorPrefix, StringComparison.Ordinal)).Select(text => text[MonitorPrefix.Length..])];

    /// <summary>In desktop coordinates. Windows cannot be held still: take what is there before and after the pixels.</summary>
    public IReadOnlyList<WindowsRectangle> Find(WindowsMonitors screen)
    {
        var whole = screen.Monitors.Where(monitor => monitors.Contains(monitor.Name)).Select(monitor => new WindowsRectangle
        {
            Left = screen.Left + monitor.X,
            Top = screen.Top + monitor.Y,
            Right = screen.Left + monitor.X + monitor.Width,
            Bottom = screen.Top + monitor.Y + monitor.Height,
        });
        var windows = texts.Length > 0 ? DesktopWindows.Visible().Where(Matches).Select(DesktopWindows.Rectangle) : [];
        return [.. whole, .. windows.OfType<WindowsRectangle>()];
    }

    private bool Matches(nint window) => Names(DesktopWindows.Title(window)) || Names(DesktopWindows.Program(window));

    private bool Names(string text) => texts.Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase));
}
