using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

/// <summary>PropertyNotify.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct XPropertyEvent
{
    public int Type;
    public nuint Serial;
    public int Sent;
    public nint Display;
    public nuint Window;
    public nuint Property;
    public nuint Time;
    public int State;
}
