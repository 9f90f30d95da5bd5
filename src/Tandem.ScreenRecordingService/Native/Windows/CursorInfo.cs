using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>CURSORINFO</c>; the position is that of the hot spot.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CursorInfo
{
    public uint Size;
    public uint Flags;
    public nint Cursor;
    public int X;
    public int Y;
}
