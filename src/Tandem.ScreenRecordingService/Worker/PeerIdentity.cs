using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native.Posix;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>Who is at the other end of a connection, as the kernel says (on Unix SO_PEERCRED).</summary>
/// <param name="UserId">0 is the machine's own. On Windows it is not the user that counts but the session: 0 is that of the
/// services, and any other is one screen.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PeerIdentity(int ProcessId, uint UserId, uint GroupId)
{
    private const int SolSocket = 1;
    private const int PeerCredentials = 17;

    private const string ReplacedByUpgrade = " (deleted)";

    public static uint OwnUserId => OperatingSystem.IsWindows() ? WindowsProcesses.OwnSession : Libc.getuid();

    /// <summary>It runs the program that we run, be it as it was before an upgrade.</summary>
    public bool IsOwnProgram => OperatingSystem.IsWindows()
        ? string.Equals(WindowsProcesses.ProgramOf((uint)ProcessId), Environment.ProcessPath, StringComparison.OrdinalIgnoreCase)
        : Program($"{ProcessId}") is { } program && program == Program("self");

    private static string? Program(string process)
    {
        try
        {
            var program = new FileInfo($"/proc/{process}/exe").LinkTarget;
            return program?.EndsWith(ReplacedByUpgrade, StringComparison.Ordinal) == true ? program[..^ReplacedByUpgrade.Length] : program;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static unsafe PeerIdentity? Of(Socket socket)
    {
        PeerIdentity identity;
        var length = (uint)sizeof(PeerIdentity);
        var descriptor = (int)socket.SafeHandle.DangerousGetHandle();
        return Libc.getsockopt(descriptor, SolSocket, PeerCredentials, &identity, &length) == 0 ? identity : null;
    }
}
