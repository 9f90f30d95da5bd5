using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>WTS_SESSION_INFOW</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SessionInfo
{
    public uint Id;
    public char* Station;
    public int State;
}
