using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XShmSegmentInfo
{
    public nuint Segment;
    public int Id;
    public byte* Address;
    public int ReadOnly;
}
