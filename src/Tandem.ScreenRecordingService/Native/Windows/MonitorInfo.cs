using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>MONITORINFOEXW</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MonitorInfo
{
    public const uint IsPrimary = 1;

    public uint Size;
    public WindowsRectangle Monitor;
    public WindowsRectangle WorkArea;
    public uint Flags;
    public fixed char Device[32];
}
