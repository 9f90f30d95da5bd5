using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>wtsapi32 and what goes with it: the sessions of this machine. All set the last error on failure.</summary>
internal static unsafe partial class WtsApi
{
    public const int Active = 0;
    public const uint NoSession = uint.MaxValue;
    public const uint ThisSession = 0;

    [LibraryImport("kernel32")]
    public static partial uint WTSGetActiveConsoleSessionId();

    [LibraryImport("wtsapi32", SetLastError = true)]
    public static partial int WTSEnumerateSessionsW(nint server, uint reserved, uint version, out SessionInfo* sessions, out uint count);

    [LibraryImport("wtsapi32")]
    public static partial void WTSFreeMemory(void* memory);

    /// <summary>For LocalSystem only.</summary>
    [LibraryImport("wtsapi32", SetLastError = true)]
    public static partial int WTSQueryUserToken(uint session, out SafeAccessTokenHandle token);

    [LibraryImport("wtsapi32", SetLastError = true)]
    public static partial int WTSRegisterSessionNotification(nint window, uint flags);

    [LibraryImport("userenv", SetLastError = true)]
    public static partial int CreateEnvironmentBlock(out nint environment, SafeAccessTokenHandle token, int inherit);

    [LibraryImport("userenv")]
    public static partial int DestroyEnvironmentBlock(nint environment);

    /// <param name="command">Is written to.</param>
    [LibraryImport("advapi32", SetLastError = true)]
    public static partial int CreateProcessAsUserW(
        SafeAccessTokenHandle token, char* program, char* command, nint processSecurity, nint threadSecurity, int inherit, uint flags,
        nint environment, char* folder, StartupInfo* startup, ProcessInfo* started);

    [LibraryImport("kernel32")]
    public static partial int CloseHandle(nint handle);
}
