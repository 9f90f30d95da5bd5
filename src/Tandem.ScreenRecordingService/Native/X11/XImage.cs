using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

/// <summary>Xlib.h <c>XImage</c> on 64-bit systems; the function pointers at the end are never used by us.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XImage
{
    public int Width;
    public int Height;
    public int XOffset;
    public int Format;
    public byte* Data;
    public int ByteOrder;
    public int BitmapUnit;
    public int BitmapBitOrder;
    public int BitmapPad;
    public int Depth;
    public int BytesPerLine;
    public int BitsPerPixel;
    public nuint RedMask;
    public nuint GreenMask;
    public nuint BlueMask;
    public nint ObData;
    public nint CreateImage, DestroyImage, GetPixel, PutPixel, SubImage, AddPixel;
}
