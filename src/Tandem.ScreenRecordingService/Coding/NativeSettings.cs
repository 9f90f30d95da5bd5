using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>A structure of settings that a library fills with its defaults, and of which single fields are changed at offsets
/// that hold for the releases we take.</summary>
internal abstract unsafe class NativeSettings : IDisposable
{
    /// <summary>More than any release needs: about 600 in libvpx, 904 in libaom 3.6, 1,024 in libx264's build 164.</summary>
    private const int Bytes = 4096;

    private readonly byte* memory = (byte*)NativeMemory.AllocZeroed(Bytes);
    private bool disposed;

    public byte* Pointer => memory;

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        NativeMemory.Free(memory);
    }

    /// <param name="value">A C int or unsigned int.</param>
    protected void Set(int offset, int value) => *(int*)(memory + offset) = value;
}
