using System.Runtime.Versioning;
using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>Finds what must not be shown: windows by title or program, monitors by name. The whole window counts, even where
/// others cover it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsExclusion(Exclusions excluded)
{
    private readonly HeldRectangles<WindowsRectangle> held = new();

    /// <summary>Whether a window's last place is still black: <see cref="Find"/> must be asked again until it is not.</summary>
    public bool IsHolding => held.DueMs is not null;

    /// <inheritdoc cref="Exclusions.Missing"/>
    public string? Missing(IReadOnlyList<MonitorGeometry> there) => excluded.Missing(there);

    /// <summary>In desktop coordinates. Windows cannot be held still: take what is there before and after the pixels.</summary>
    public IReadOnlyList<WindowsRectangle> Find(WindowsMonitors screen)
    {
        var whole = screen.Monitors.Where(excluded.Covers).Select(monitor => new WindowsRectangle
        {
            Left = screen.Left + monitor.X,
            Top = screen.Top + monitor.Y,
            Right = screen.Left + monitor.X + monitor.Width,
            Bottom = screen.Top + monitor.Y + monitor.Height,
        });
        var windows = excluded.HasWindows ? DesktopWindows.Visible().Where(Matches).Select(DesktopWindows.Rectangle) : [];
        return [.. whole, .. held.With([.. windows.OfType<WindowsRectangle>()], Environment.TickCount64)];
    }

    private bool Matches(nint window) => excluded.Covers(DesktopWindows.Title(window)) || excluded.Covers(DesktopWindows.Program(window));
}
