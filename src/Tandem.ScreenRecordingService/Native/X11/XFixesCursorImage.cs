using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X11;

/// <summary>Pixels are premultiplied ARGB, each in a C <c>unsigned long</c> (8 bytes here).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XFixesCursorImage
{
    public short X;
    public short Y;
    public ushort Width;
    public ushort Height;
    public ushort HotX;
    public ushort HotY;
    public nuint Serial;
    public nuint* Pixels;
    public nuint Atom;
    public byte* Name;
}
