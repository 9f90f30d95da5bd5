using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>A named pipe. Who is signed in at this PC may connect, for a worker runs as the agent; nobody over the network
/// may, and nobody may take the name first.</summary>
[SupportedOSPlatform("windows")]
internal sealed class PipeWorkerListener : IWorkerListener
{
    private const int BufferBytes = 1 << 20;
    private const int ConnectPatienceMs = 100;

    private readonly string name;
    private NamedPipeServerStream next;

    public PipeWorkerListener(string path)
    {
        name = NameOf(path);
        next = Instance(PipeOptions.FirstPipeInstance);
    }

    public static WorkerConnection? TryConnect(string path)
    {
        var pipe = new NamedPipeClientStream(".", NameOf(path), PipeDirection.InOut, PipeOptions.Asynchronous, TokenImpersonationLevel.Anonymous);
        try
        {
            pipe.Connect(ConnectPatienceMs);
            return new WorkerConnection(pipe, PipePeers.ServerOf(pipe));
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException)
        {
            pipe.Dispose();
            return null;
        }
    }

    public async Task<WorkerConnection> AcceptAsync(CancellationToken stop)
    {
        while (true)
        {
            var connecting = next;
            try
            {
                await connecting.WaitForConnectionAsync(stop);
                return new WorkerConnection(connecting, PipePeers.ClientOf(connecting));
            }
            catch (IOException)
            {
                // Came and went in between: an instance serves once.
                await connecting.DisposeAsync();
            }
            finally
            {
                if (!stop.IsCancellationRequested)
                    next = Instance(PipeOptions.None);
            }
        }
    }

    public void Dispose() => next.Dispose();

    /// <summary>Pipes have names, not paths.</summary>
    private static string NameOf(string path) => path.Trim('/', '\\').Replace(':', '-').Replace('\\', '-').Replace('/', '-');

    private NamedPipeServerStream Instance(PipeOptions more) => NamedPipeServerStreamAcl.Create(
        name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | more, BufferBytes, BufferBytes, Security());

    private static PipeSecurity Security()
    {
        using var own = WindowsIdentity.GetCurrent();
        var security = new PipeSecurity();
        security.AddAccessRule(new PipeAccessRule(
            new SecurityIdentifier(WellKnownSidType.NetworkSid, null), PipeAccessRights.FullControl, AccessControlType.Deny));
        security.AddAccessRule(new PipeAccessRule(own.User!, PipeAccessRights.FullControl, AccessControlType.Allow));
        security.AddAccessRule(new PipeAccessRule(
            new SecurityIdentifier(WellKnownSidType.InteractiveSid, null), PipeAccessRights.ReadWrite | PipeAccessRights.Synchronize,
            AccessControlType.Allow));
        return security;
    }
}
