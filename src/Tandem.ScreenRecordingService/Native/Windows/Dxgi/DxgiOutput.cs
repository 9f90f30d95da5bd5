using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>IDXGIOutput1</c>: a monitor.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class DxgiOutput(nint pointer) : ComPointer(pointer)
{
    private static readonly Guid Id = new("00cddea8-939b-4b83-a340-a685226666cc");

    public DxgiOutput AsOutput1() => new(Query(Id, "IDXGIOutput1"));

    public DxgiOutputDescription Describe()
    {
        DxgiOutputDescription description;
        var get = (delegate* unmanaged<nint, DxgiOutputDescription*, int>)Slot(7);
        DxgiException.Check(get(Pointer, &description), "IDXGIOutput.GetDesc");
        return description;
    }

    /// <exception cref="DxgiException">Among others E_NOTIMPL under wine, DXGI_ERROR_UNSUPPORTED on the wrong one of two
    /// graphics cards.</exception>
    public DxgiDuplication Duplicate(D3D11Device device)
    {
        nint duplication;
        var duplicate = (delegate* unmanaged<nint, nint, nint*, int>)Slot(22);
        DxgiException.Check(duplicate(Pointer, device.Pointer, &duplication), "DuplicateOutput");
        return new DxgiDuplication(duplication);
    }
}
