using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>IDXGIFactory1</c>.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class DxgiFactory(nint pointer) : ComPointer(pointer)
{
    private static readonly Guid Id = new("770aae78-f26f-4dba-a829-253c83d1b387");

    /// <exception cref="DxgiException"/>
    public static DxgiFactory Create()
    {
        DxgiException.Check(Direct3D.CreateDXGIFactory1(Id, out var factory), "CreateDXGIFactory1");
        return new DxgiFactory(factory);
    }

    /// <returns>Null behind the last.</returns>
    public DxgiAdapter? Adapter(uint index)
    {
        nint adapter;
        var enumerate = (delegate* unmanaged<nint, uint, nint*, int>)Slot(12);
        return enumerate(Pointer, index, &adapter) == Ok ? new DxgiAdapter(adapter) : null;
    }
}
