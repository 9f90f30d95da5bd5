using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Posix;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Wanted;
    public short Found;
}
