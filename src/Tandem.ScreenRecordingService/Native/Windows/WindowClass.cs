using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>WNDCLASSW</c>, 72 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WindowClass
{
    public uint Style;
    public delegate* unmanaged<nint, uint, nint, nint, nint> Procedure;
    public int ClassBytes;
    public int WindowBytes;
    public nint Instance;
    public nint Icon;
    public nint Cursor;
    public nint Background;
    public char* Menu;
    public char* Name;
}
