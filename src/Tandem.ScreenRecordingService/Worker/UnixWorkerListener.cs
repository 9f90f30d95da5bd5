using System.Net.Sockets;
using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Posix;

namespace Tandem.ScreenRecordingService.Worker;

[UnsupportedOSPlatform("windows")]
internal sealed class UnixWorkerListener : IWorkerListener
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everyone =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string path;
    private readonly Socket listener = NewSocket();

    public UnixWorkerListener(string path, bool forEveryUser)
    {
        this.path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!FileKind.IsSocketOrMissing(path))
            throw new IOException("something that is no socket is there");
        File.Delete(path);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, Owner | (forEveryUser ? Everyone : UnixFileMode.None));
            listener.Listen(8);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public static WorkerConnection? TryConnect(string path)
    {
        var socket = NewSocket();
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return Of(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public async Task<WorkerConnection> AcceptAsync(CancellationToken stop)
    {
        try
        {
            return Of(await listener.AcceptAsync(stop));
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        File.Delete(path);
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static WorkerConnection Of(Socket socket) => new(new NetworkStream(socket, ownsSocket: true), PeerIdentity.Of(socket));
}
