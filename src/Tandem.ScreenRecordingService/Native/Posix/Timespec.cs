using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Posix;

/// <summary>struct timespec of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Timespec
{
    public long Seconds;
    public long Nanoseconds;
}
