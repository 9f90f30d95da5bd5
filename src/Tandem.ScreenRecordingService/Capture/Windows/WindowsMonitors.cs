using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>The virtual screen: all monitors as one picture, whose corner need not be the desktop's 0, 0.</summary>
/// <param name="Left">Of the picture, in desktop coordinates.</param>
[SupportedOSPlatform("windows")]
internal sealed unsafe record WindowsMonitors(int Left, int Top, int Width, int Height, IReadOnlyList<MonitorGeometry> Monitors)
{
    /// <exception cref="DisplayLostException">No monitor: a service's own session has none.</exception>
    public static WindowsMonitors Read()
    {
        var (left, top) = (User32.GetSystemMetrics(User32.VirtualScreenX), User32.GetSystemMetrics(User32.VirtualScreenY));
        var (width, height) = (User32.GetSystemMetrics(User32.VirtualScreenWidth), User32.GetSystemMetrics(User32.VirtualScreenHeight));
        if (width <= 0 || height <= 0)
            throw new DisplayLostException("This session has no screen: is somebody signed in at it?");
        var found = new List<MonitorInfo>();
        var handle = GCHandle.Alloc(found);
        User32.EnumDisplayMonitors(0, null, &Add, GCHandle.ToIntPtr(handle));
        handle.Free();
        return new WindowsMonitors(left, top, width, height, [.. found.Select(info => Geometry(info, left, top))]);
    }

    public bool Equals(WindowsMonitors? other) => other is not null
        && (Left, Top, Width, Height) == (other.Left, other.Top, other.Width, other.Height) && Monitors.SequenceEqual(other.Monitors);

    public override int GetHashCode() => HashCode.Combine(Left, Top, Width, Height);

    private static MonitorGeometry Geometry(MonitorInfo info, int left, int top)
    {
        var name = new string(info.Device).Replace(@"\\.\", "", StringComparison.Ordinal);
        var place = info.Monitor;
        return new MonitorGeometry(
            name, place.Left - left, place.Top - top, place.Right - place.Left, place.Bottom - place.Top, (info.Flags & MonitorInfo.IsPrimary) != 0);
    }

    [UnmanagedCallersOnly]
    private static int Add(nint monitor, nint deviceContext, WindowsRectangle* place, nint list)
    {
        var info = new MonitorInfo { Size = (uint)sizeof(MonitorInfo) };
        if (User32.GetMonitorInfoW(monitor, &info) != 0)
            ((List<MonitorInfo>)GCHandle.FromIntPtr(list).Target!).Add(info);
        return 1;
    }
}
