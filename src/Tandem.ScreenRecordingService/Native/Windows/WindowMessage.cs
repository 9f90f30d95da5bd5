using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>MSG</c>, 48 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowMessage
{
    public nint Window;
    public uint Message;
    public nint First;
    public nint Second;
    public uint Time;
    public int X;
    public int Y;
}
