using System.Net;
using System.Net.Sockets;
using Tandem.ScreenRecordingService.LocalApi;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Doctor;

internal static class PortCheck
{
    public static Finding Look(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            using var caller = new TcpClient();
            caller.Connect((IPEndPoint)listener.LocalEndpoint);
            using var called = listener.AcceptSocket();
            return LocalPeer.UserIdOf((IPEndPoint)called.LocalEndPoint!, (IPEndPoint)called.RemoteEndPoint!) == PeerIdentity.OwnUserId
                ? new Finding("local API", true, $"port {port} of 127.0.0.1 is free, and it is known who calls")
                : new Finding("local API", false, "this system does not tell who calls it", "let the recorder read the system's table of connections");
        }
        catch (SocketException e)
        {
            return new Finding(
                "local API", false, $"port {port} of 127.0.0.1 cannot be listened on: {e.Message}",
                "well if tandem-srs runs already; else end the program that holds it, or choose another with --port");
        }
    }
}
