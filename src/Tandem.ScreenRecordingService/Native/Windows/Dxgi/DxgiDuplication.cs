using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary><c>IDXGIOutputDuplication</c>: what one monitor shows, and what changed there.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class DxgiDuplication(nint pointer) : ComPointer(pointer)
{
    private byte[] metadata = new byte[16 << 10];

    /// <summary>Takes the changes since the last frame; <see cref="Release"/> must follow.</summary>
    /// <returns>Null where nothing changed.</returns>
    /// <exception cref="DxgiException">DXGI_ERROR_ACCESS_LOST: the mode or the desktop is another; duplicate anew.</exception>
    public D3D11Texture? Acquire(out DxgiFrame frame)
    {
        nint resource;
        DxgiFrame found;
        var acquire = (delegate* unmanaged<nint, uint, DxgiFrame*, nint*, int>)Slot(8);
        var result = acquire(Pointer, 0, &found, &resource);
        frame = found;
        if (result == DxgiException.WaitTimeout)
            return null;
        DxgiException.Check(result, "AcquireNextFrame");
        using var any = new D3D11Texture(resource);
        return any.AsTexture();
    }

    /// <summary>Adds where the frame differs, in the monitor's pixels; a moved rectangle counts where it is now.</summary>
    public void Changes(in DxgiFrame frame, List<WindowsRectangle> changes)
    {
        if (frame.MetadataBytes > metadata.Length)
            metadata = new byte[frame.MetadataBytes];
        uint bytes;
        fixed (byte* buffer = metadata)
        {
            var moves = (delegate* unmanaged<nint, uint, void*, uint*, int>)Slot(10);
            DxgiException.Check(moves(Pointer, (uint)metadata.Length, buffer, &bytes), "GetFrameMoveRects");
            foreach (var move in new ReadOnlySpan<DxgiMove>(buffer, (int)bytes / sizeof(DxgiMove)))
                changes.Add(move.Target);
            var dirty = (delegate* unmanaged<nint, uint, void*, uint*, int>)Slot(9);
            DxgiException.Check(dirty(Pointer, (uint)metadata.Length, buffer, &bytes), "GetFrameDirtyRects");
            changes.AddRange(new ReadOnlySpan<WindowsRectangle>(buffer, (int)bytes / sizeof(WindowsRectangle)));
        }
    }

    public void Release() => _ = ((delegate* unmanaged<nint, int>)Slot(14))(Pointer);
}
