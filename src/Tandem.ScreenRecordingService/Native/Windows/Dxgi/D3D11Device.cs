using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>ID3D11Device</c> with its immediate context.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class D3D11Device : ComPointer
{
    private D3D11Device(nint pointer, D3D11Context context)
        : base(pointer) => Context = context;

    /// <summary>The caller ends it with the device.</summary>
    public D3D11Context Context { get; }

    /// <exception cref="DxgiException"/>
    public static D3D11Device Create(DxgiAdapter adapter)
    {
        DxgiException.Check(
            Direct3D.D3D11CreateDevice(
                adapter.Pointer, Direct3D.DriverUnknown, 0, 0, null, 0, Direct3D.SdkVersion, out var device, out _, out var context),
            "D3D11CreateDevice");
        return new D3D11Device(device, new D3D11Context(context));
    }

    public D3D11Texture Staging(int width, int height)
    {
        nint texture;
        var description = D3D11TextureDescription.Staging(width, height);
        var create = (delegate* unmanaged<nint, D3D11TextureDescription*, void*, nint*, int>)Slot(5);
        DxgiException.Check(create(Pointer, &description, null, &texture), "CreateTexture2D");
        return new D3D11Texture(texture);
    }
}
