using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>PROCESS_INFORMATION</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProcessInfo
{
    public nint Process;
    public nint Thread;
    public uint ProcessId;
    public uint ThreadId;
}
