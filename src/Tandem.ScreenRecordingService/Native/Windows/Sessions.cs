using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>The sessions that people are signed in at, seen from a service, which has no screen of its own.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class Sessions
{
    private const uint UnicodeEnvironment = 0x400;
    private const uint NoWindow = 0x08000000;
    private const string UsersDesktop = @"winsta0\default";

    /// <summary>Those whose screen is shown somewhere now: at the console, and remotely.</summary>
    public static IReadOnlyList<uint> Shown()
    {
        var found = new HashSet<uint>();
        if (WtsApi.WTSGetActiveConsoleSessionId() is var console && console is not (WtsApi.NoSession or 0))
            found.Add(console);
        if (WtsApi.WTSEnumerateSessionsW(0, 0, 1, out var sessions, out var count) != 0 && sessions != null)
        {
            foreach (var session in new ReadOnlySpan<SessionInfo>(sessions, (int)count))
            {
                if (session.State == WtsApi.Active && session.Id != 0)
                    found.Add(session.Id);
            }
            WtsApi.WTSFreeMemory(sessions);
        }
        return [.. found];
    }

    /// <summary>Starts a program as the user of a session, on that user's desktop.</summary>
    /// <returns>Null where nobody is signed in there.</returns>
    /// <exception cref="Win32Exception"/>
    public static Process? Start(uint session, string command)
    {
        if (WtsApi.WTSQueryUserToken(session, out var token) == 0)
            return null;
        using (token)
        {
            if (WtsApi.CreateEnvironmentBlock(out var environment, token, 0) == 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            try
            {
                return Start(token, environment, command);
            }
            finally
            {
                _ = WtsApi.DestroyEnvironmentBlock(environment);
            }
        }
    }

    private static Process Start(Microsoft.Win32.SafeHandles.SafeAccessTokenHandle token, nint environment, string command)
    {
        var written = (command + '\0').ToCharArray();
        fixed (char* desktop = UsersDesktop, line = written)
        {
            var startup = new StartupInfo { Size = (uint)sizeof(StartupInfo), Desktop = desktop };
            ProcessInfo started;
            if (WtsApi.CreateProcessAsUserW(
                token, null, line, 0, 0, 0, UnicodeEnvironment | NoWindow, environment, null, &startup, &started) == 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            // Before its handle is closed, so that the number is still its own.
            var process = Process.GetProcessById((int)started.ProcessId);
            _ = WtsApi.CloseHandle(started.Thread);
            _ = WtsApi.CloseHandle(started.Process);
            return process;
        }
    }
}
