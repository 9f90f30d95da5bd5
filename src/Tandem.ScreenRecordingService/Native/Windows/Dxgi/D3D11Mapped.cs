using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>D3D11_MAPPED_SUBRESOURCE</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct D3D11Mapped
{
    public byte* Pixels;
    public uint Stride;
    public uint DepthStride;
}
