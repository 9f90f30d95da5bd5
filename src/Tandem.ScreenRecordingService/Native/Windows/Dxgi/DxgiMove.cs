using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>DXGI_OUTDUPL_MOVE_RECT</c>, 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DxgiMove
{
    public int SourceX;
    public int SourceY;
    public WindowsRectangle Target;
}
