using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>What the recorder needs of user32: the screen's shape, its pointer, its windows, and one of our own.</summary>
internal static unsafe partial class User32
{
    private const string Library = "user32";

    public const int VirtualScreenX = 76;
    public const int VirtualScreenY = 77;
    public const int VirtualScreenWidth = 78;
    public const int VirtualScreenHeight = 79;
    public const uint CursorShowing = 1;

    /// <summary>DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2: every size is in real pixels.</summary>
    public const nint PerMonitorAware = -4;

    [LibraryImport(Library)]
    public static partial int SetProcessDpiAwarenessContext(nint context);

    [LibraryImport(Library)]
    public static partial int GetSystemMetrics(int index);

    [LibraryImport(Library)]
    public static partial int EnumDisplayMonitors(
        nint deviceContext, WindowsRectangle* clip, delegate* unmanaged<nint, nint, WindowsRectangle*, nint, int> visit, nint data);

    [LibraryImport(Library)]
    public static partial int GetMonitorInfoW(nint monitor, MonitorInfo* info);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint GetDC(nint window);

    [LibraryImport(Library)]
    public static partial int ReleaseDC(nint window, nint deviceContext);

    [LibraryImport(Library)]
    public static partial int GetCursorInfo(CursorInfo* info);

    [LibraryImport(Library)]
    public static partial int GetIconInfo(nint icon, IconInfo* info);

    [LibraryImport(Library)]
    public static partial int EnumWindows(delegate* unmanaged<nint, nint, int> visit, nint data);

    [LibraryImport(Library)]
    public static partial int IsWindowVisible(nint window);

    [LibraryImport(Library)]
    public static partial int GetWindowTextW(nint window, char* text, int capacity);

    [LibraryImport(Library)]
    public static partial int GetWindowRect(nint window, WindowsRectangle* rectangle);

    [LibraryImport(Library)]
    public static partial uint GetWindowThreadProcessId(nint window, out uint processId);

    [LibraryImport(Library)]
    public static partial ushort RegisterClassW(WindowClass* kind);

    [LibraryImport(Library)]
    public static partial nint CreateWindowExW(
        uint extended, char* kind, char* title, uint style, int x, int y, int width, int height, nint parent, nint menu, nint instance, void* data);

    [LibraryImport(Library)]
    public static partial nint DefWindowProcW(nint window, uint message, nint first, nint second);

    [LibraryImport(Library)]
    public static partial int GetMessageW(WindowMessage* message, nint window, uint first, uint last);

    [LibraryImport(Library)]
    public static partial nint DispatchMessageW(WindowMessage* message);
}
