using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Vpx;

/// <summary>vpx_ref_frame_t (vp8.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VpxReferenceFrame
{
    public const int Last = 1;

    public int Type;
    public VpxImage Image;
}
