namespace Tandem.ScreenRecordingService.Native.Posix;

/// <summary>struct iovec.</summary>
internal unsafe struct IoVector
{
    public void* Base;
    public nuint Length;
}
