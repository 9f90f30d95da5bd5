using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>The visible top-level windows, front to back.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class DesktopWindows
{
    private const int MaximumTitle = 512;

    public static IReadOnlyList<nint> Visible()
    {
        var found = new List<nint>();
        var handle = GCHandle.Alloc(found);
        User32.EnumWindows(&Add, GCHandle.ToIntPtr(handle));
        handle.Free();
        return found;
    }

    public static string Title(nint window)
    {
        var text = stackalloc char[MaximumTitle];
        return new string(text, 0, User32.GetWindowTextW(window, text, MaximumTitle));
    }

    /// <summary>File name without folder and extension; empty where the process is not open to us.</summary>
    public static string Program(nint window)
    {
        _ = User32.GetWindowThreadProcessId(window, out var id);
        return Path.GetFileNameWithoutExtension(WindowsProcesses.ProgramOf(id)) ?? "";
    }

    public static WindowsRectangle? Rectangle(nint window)
    {
        WindowsRectangle rectangle;
        return User32.GetWindowRect(window, &rectangle) != 0 ? rectangle : null;
    }

    [UnmanagedCallersOnly]
    private static int Add(nint window, nint list)
    {
        if (User32.IsWindowVisible(window) != 0)
            ((List<nint>)GCHandle.FromIntPtr(list).Target!).Add(window);
        return 1;
    }
}
