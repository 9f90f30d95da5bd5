using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Vpx;

/// <summary>vpx_image_t (vpx_image.h) of libvpx 1.8 to 1.14 on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VpxImage
{
    public int Format, ColorSpace, Range;
    public uint Width, Height, BitDepth;
    public uint DisplayWidth, DisplayHeight, RenderWidth, RenderHeight;
    public uint ChromaShiftX, ChromaShiftY;
    public byte* Luma, Blue, Red, Alpha;
    public int LumaStride, BlueStride, RedStride, AlphaStride;
    public int BitsPerSample;
    public nint UserData;
    public nint Data;
    public int OwnsData, OwnsItself;
    public nint BufferData;
}
