using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>SERVICE_STATUS</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ServiceStatus
{
    /// <summary>ERROR_SERVICE_SPECIFIC_ERROR: <see cref="SpecificExitCode"/> says which.</summary>
    public const uint SpecificError = 1066;

    public uint Type;
    public uint State;
    public uint Accepted;
    public uint ExitCode;
    public uint SpecificExitCode;
    public uint CheckPoint;
    public uint WaitHintMs;
}
