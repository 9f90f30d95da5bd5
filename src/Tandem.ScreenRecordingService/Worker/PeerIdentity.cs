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

    public static uint OwnUserId => Libc.getuid();

    public static unsafe PeerIdentity? Of(Socket socket)
    {
        PeerIdentity identity;
        var length = (uint)sizeof(PeerIdentity);
        var descriptor = (int)socket.SafeHandle.DangerousGetHandle();
        return Libc.getsockopt(descriptor, SolSocket, PeerCredentials, &identity, &length) == 0 ? identity : null;
    }
}
