using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary>One counted reference to a COM object, called by the slots of its table. A wrapper that the runtime makes lets
/// go whenever the collector runs; Desktop Duplication allows one duplication at a time and must be let go now.</summary>
[SupportedOSPlatform("windows")]
internal abstract unsafe class ComPointer(nint pointer) : IDisposable
{
    public const int Ok = 0;

    private nint pointer = pointer;

    public nint Pointer => pointer;

    protected void* Slot(int index) => (*(void***)pointer)[index];

    /// <exception cref="DxgiException"/>
    protected nint Query(Guid wanted, string what)
    {
        nint found;
        var query = (delegate* unmanaged<nint, Guid*, nint*, int>)Slot(0);
        DxgiException.Check(query(pointer, &wanted, &found), what);
        return found;
    }

    public void Dispose()
    {
        var last = Interlocked.Exchange(ref pointer, 0);
        if (last != 0)
            Marshal.Release(last);
    }
}
