using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>IDXGIAdapter1</c>: a graphics card.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class DxgiAdapter(nint pointer) : ComPointer(pointer)
{
    /// <returns>Null behind the last.</returns>
    /// <exception cref="DxgiException"/>
    public DxgiOutput? Output(uint index)
    {
        nint output;
        var enumerate = (delegate* unmanaged<nint, uint, nint*, int>)Slot(7);
        if (enumerate(Pointer, index, &output) != Ok)
            return null;
        using var first = new DxgiOutput(output);
        return first.AsOutput1();
    }
}
