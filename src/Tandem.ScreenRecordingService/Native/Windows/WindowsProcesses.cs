using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>Other processes of this machine.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsProcesses
{
    private const int MaximumPath = 1_024;

    /// <summary>The session this process runs in; 0 is that of the services, where nobody signs in.</summary>
    public static uint OwnSession { get; } = Kernel32.ProcessIdToSessionId((uint)Environment.ProcessId, out var session) ? session : uint.MaxValue;

    /// <summary>Full path; null where the process is gone or not open to us.</summary>
    public static string? ProgramOf(uint processId)
    {
        using var process = Kernel32.OpenProcess(Kernel32.QueryLimitedInformation, inherit: false, processId);
        var name = stackalloc char[MaximumPath];
        var length = (uint)MaximumPath;
        return !process.IsInvalid && Kernel32.QueryFullProcessImageNameW(process, 0, name, ref length) ? new string(name, 0, (int)length) : null;
    }
}
