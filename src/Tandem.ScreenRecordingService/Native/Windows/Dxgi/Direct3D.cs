using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary>The two functions by which DXGI and Direct3D 11 are entered; both answer an HRESULT.</summary>
internal static unsafe partial class Direct3D
{
    public const int DriverUnknown = 0;
    public const uint SdkVersion = 7;

    [LibraryImport("dxgi")]
    public static partial int CreateDXGIFactory1(in Guid id, out nint factory);

    [LibraryImport("d3d11")]
    public static partial int D3D11CreateDevice(
        nint adapter, int driver, nint software, uint flags, int* levels, uint levelCount, uint sdkVersion,
        out nint device, out int level, out nint context);
}
