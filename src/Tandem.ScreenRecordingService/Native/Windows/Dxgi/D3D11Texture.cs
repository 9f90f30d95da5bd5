using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>ID3D11Texture2D</c>, or a resource that is one.</summary>
[SupportedOSPlatform("windows")]
internal sealed class D3D11Texture(nint pointer) : ComPointer(pointer)
{
    private static readonly Guid Id = new("6f15aaf2-d208-4e89-9ab4-489535d34f9c");

    public D3D11Texture AsTexture() => new(Query(Id, "ID3D11Texture2D"));
}
