using System.Net;
using System.Net.Sockets;

namespace Tandem.ScreenRecordingService.Doctor;

internal static class PortCheck
{
    public static Finding Look(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return new Finding("local API", true, $"port {port} of 127.0.0.1 is free");
        }
        catch (SocketException e)
        {
            return new Finding(
                "local API", false, $"port {port} of 127.0.0.1 cannot be listened on: {e.Message}",
                "well if tandem-srs runs already; else end the program that holds it, or choose another with --port");
        }
    }
}
