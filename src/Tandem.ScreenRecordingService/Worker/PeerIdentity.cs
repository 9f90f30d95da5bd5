using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native.Posix;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>Who is at the other end of a Unix socket, as the kernel says (SO_PEERCRED).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PeerIdentity(int ProcessId, uint UserId, uint GroupId)
{
    private const int SolSocket = 1;
    private const int PeerCredentials = 17;

    private const string ReplacedByUpgrade = " (deleted)";

    public static uint OwnUserId => Libc.getuid();

    /// <summary>It runs the program that we run, be it as it was before an upgrade.</summary>
    public bool IsOwnProgram => Program($"{ProcessId}") is { } program && program == Program("self");

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
