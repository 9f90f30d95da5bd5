using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>BITMAP</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BitmapShape
{
    public int Type;
    public int Width;
    public int Height;
    public int WidthBytes;
    public ushort Planes;
    public ushort BitsPerPixel;
    public nint Bits;
}
