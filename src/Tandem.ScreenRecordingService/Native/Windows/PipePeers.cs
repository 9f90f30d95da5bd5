using System.IO.Pipes;
using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>Who is at the other end of a named pipe of this machine, as the kernel keeps it with the pipe.</summary>
[SupportedOSPlatform("windows")]
internal static class PipePeers
{
    public static PeerIdentity? ClientOf(NamedPipeServerStream pipe) =>
        Kernel32.GetNamedPipeClientProcessId(pipe.SafePipeHandle, out var process)
        && Kernel32.GetNamedPipeClientSessionId(pipe.SafePipeHandle, out var session)
            ? new PeerIdentity((int)process, session, 0)
            : null;

    public static PeerIdentity? ServerOf(NamedPipeClientStream pipe) =>
        Kernel32.GetNamedPipeServerProcessId(pipe.SafePipeHandle, out var process)
        && Kernel32.GetNamedPipeServerSessionId(pipe.SafePipeHandle, out var session)
            ? new PeerIdentity((int)process, session, 0)
            : null;
}
