using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>D3D11_TEXTURE2D_DESC</c>, 44 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct D3D11TextureDescription
{
    private const int FormatBgra = 87;
    private const int UsageStaging = 3;
    private const uint CpuRead = 0x20000;

    public uint Width;
    public uint Height;
    public uint MipLevels;
    public uint ArraySize;
    public int Format;
    public uint SampleCount;
    public uint SampleQuality;
    public int Usage;
    public uint Binding;
    public uint CpuAccess;
    public uint Miscellaneous;

    /// <summary>A BGRX picture that the processor may read.</summary>
    public static D3D11TextureDescription Staging(int width, int height) => new()
    {
        Width = (uint)width, Height = (uint)height, MipLevels = 1, ArraySize = 1, Format = FormatBgra, SampleCount = 1, Usage = UsageStaging,
        CpuAccess = CpuRead,
    };
}
