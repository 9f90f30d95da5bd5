using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XIEventMask
{
    public int DeviceId;
    public int MaskLength;
    public byte* Mask;
}
