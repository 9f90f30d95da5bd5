using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XRRMonitorInfo
{
    public nuint Name;
    public int Primary;
    public int Automatic;
    public int OutputCount;
    public int X;
    public int Y;
    public int Width;
    public int Height;
    public int WidthMm;
    public int HeightMm;
    public nuint* Outputs;
}
