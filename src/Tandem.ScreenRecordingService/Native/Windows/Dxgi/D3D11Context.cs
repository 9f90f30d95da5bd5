using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>ID3D11DeviceContext</c>.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class D3D11Context(nint pointer) : ComPointer(pointer)
{
    private const int MapRead = 1;

    public void Copy(D3D11Texture target, D3D11Texture source, WindowsRectangle part)
    {
        // D3D11_BOX: left, top, front, right, bottom, back
        var box = stackalloc uint[] { (uint)part.Left, (uint)part.Top, 0, (uint)part.Right, (uint)part.Bottom, 1 };
        var copy = (delegate* unmanaged<nint, nint, uint, uint, uint, uint, nint, uint, uint*, void>)Slot(46);
        copy(Pointer, target.Pointer, 0, (uint)part.Left, (uint)part.Top, 0, source.Pointer, 0, box);
    }

    /// <summary>Waits until all copies are done.</summary>
    /// <exception cref="DxgiException"/>
    public D3D11Mapped Map(D3D11Texture texture)
    {
        D3D11Mapped mapped;
        var map = (delegate* unmanaged<nint, nint, uint, int, uint, D3D11Mapped*, int>)Slot(14);
        DxgiException.Check(map(Pointer, texture.Pointer, 0, MapRead, 0, &mapped), "ID3D11DeviceContext.Map");
        return mapped;
    }

    public void Unmap(D3D11Texture texture) => ((delegate* unmanaged<nint, nint, uint, void>)Slot(15))(Pointer, texture.Pointer, 0);
}
