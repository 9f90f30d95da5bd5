using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>struct timespec of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Timespec
{
    public long Seconds;
    public long Nanoseconds;

    public readonly long Us => (Seconds * 1_000_000) + (Nanoseconds / 1000);
}
