using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>ICONINFO</c>. Without <see cref="Color"/>, <see cref="Mask"/> is twice as high: and-mask above xor-mask.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IconInfo
{
    public int IsIcon;
    public uint HotX;
    public uint HotY;
    public nint Mask;
    public nint Color;
}
