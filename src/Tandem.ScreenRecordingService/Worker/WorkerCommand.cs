using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary><c>tandem-srs worker</c>: started by the service in the session whose screen is recorded.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var path = new Option<string>("--socket") { Description = "The service's socket", Required = true };
        var display = new Option<string?>("--display") { Description = "X display such as :0" };
        var exclude = ExcludeOption.Create();
        var command = new Command("worker", "Capture a session's screen for the service") { path, display, exclude };
        command.SetAction(parsed => Run(parsed.GetValue(path)!, parsed.GetValue(display), parsed.GetValue(exclude) ?? []));
        return command;
    }

    private static int Run(string path, string? display, string[] excluded)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e)
        {
            Console.Error.WriteLine($"The service's socket {path} cannot be reached: {e.Message}");
            return 2;
        }
        if (PeerIdentity.Of(socket) is not { } peer || peer.UserId != 0 && peer.UserId != PeerIdentity.OwnUserId)
        {
            Console.Error.WriteLine($"The socket {path} belongs to another user.");
            return 2;
        }
        // The service tells us when to end; a signal to the whole group must not cut a capture short.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var session = new WorkerSession(socket, TimeProvider.System);
        return session.Run(() => Captures.Open(display, excluded));
    }
}
