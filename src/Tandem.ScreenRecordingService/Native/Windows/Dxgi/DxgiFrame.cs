using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>DXGI_OUTDUPL_FRAME_INFO</c>, 48 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DxgiFrame
{
    /// <summary>0: only the pointer moved.</summary>
    public long PresentTime;
    public long MouseTime;
    public uint Accumulated;
    public int Coalesced;
    public int ProtectedMasked;
    public int PointerX;
    public int PointerY;
    public int PointerVisible;

    /// <summary>Of moved and dirty rectangles together.</summary>
    public uint MetadataBytes;
    public uint PointerShapeBytes;
}
