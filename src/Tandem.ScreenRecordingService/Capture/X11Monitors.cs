using System.Runtime.InteropServices;
using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Native.X11;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The monitors of a display by RandR 1.5.</summary>
internal static unsafe class X11Monitors
{
    public static IReadOnlyList<MonitorGeometry> Read(X11Connection x)
    {
        var whole = new MonitorGeometry("screen", 0, 0, x.Width, x.Height, true);
        if (x.FirstRandrEvent < 0)
            return [whole];
        var monitors = XExtensions.XRRGetMonitors(x.Display, x.Root, 1, out var count);
        if (monitors == null)
            return [whole];
        var found = new List<MonitorGeometry>();
        for (var i = 0; i < count; i++)
        {
            var name = Xlib.XGetAtomName(x.Display, monitors[i].Name);
            var text = Marshal.PtrToStringUTF8((nint)name) ?? $"monitor {i + 1}";
            if (name != null)
                Xlib.XFree(name);
            found.Add(new MonitorGeometry(text, monitors[i].X, monitors[i].Y, monitors[i].Width, monitors[i].Height, monitors[i].Primary != 0));
        }
        XExtensions.XRRFreeMonitors(monitors);
        return found.Count > 0 ? found : [whole];
    }
}
