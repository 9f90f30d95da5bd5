using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>DXGI_OUTPUT_DESC</c>, 96 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DxgiOutputDescription
{
    public const int Upright = 1;

    public fixed char Device[32];
    public WindowsRectangle Desktop;
    public int Attached;

    /// <summary>DXGI_MODE_ROTATION: 0 unknown, 1 upright, 2 to 4 turned.</summary>
    public int Rotation;
    public nint Monitor;
}
