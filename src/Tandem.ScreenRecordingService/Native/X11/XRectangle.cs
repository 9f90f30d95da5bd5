using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

[StructLayout(LayoutKind.Sequential)]
internal record struct XRectangle
{
    public short X;
    public short Y;
    public ushort Width;
    public ushort Height;
}
