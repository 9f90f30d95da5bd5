using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>RECT</c>: right and bottom lie outside.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct WindowsRectangle
{
    public int Left;
    public int Top;
    public int Right;
    public int Bottom;
}
