using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>SERVICE_FAILURE_ACTIONSW</c> over an array of <c>SC_ACTION</c> (type, delay in ms).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ServiceFailureActions
{
    public const uint Restart = 1;

    public uint ResetSeconds;
    public char* RebootMessage;
    public char* Command;
    public uint Count;
    public uint* Actions;
}
