using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>STARTUPINFOW</c>, 104 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StartupInfo
{
    public uint Size;
    public char* Reserved;
    public char* Desktop;
    public char* Title;
    public uint X, Y, Width, Height;
    public uint Columns, Rows, Fill, Flags;
    public ushort Show;
    public ushort ReservedBytes;
    public byte* ReservedData;
    public nint Input, Output, Error;
}
