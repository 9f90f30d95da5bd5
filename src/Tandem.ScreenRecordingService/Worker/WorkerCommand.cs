using System.CommandLine;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary><c>tandem-srs worker</c>: runs in the session whose screen is recorded and looks for the machine's service.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var path = UsualOptions.Path("--socket", $"The service's socket; default: {WorkerSocket.MachinePath}, or the user's own");
        var display = UsualOptions.Display();
        var attached = new Option<bool>("--attached") { Description = "End with the service" };
        var exclude = ExcludeOption.Create();
        var command = new Command("worker", "Capture a session's screen for the service") { path, display, attached, exclude };
        command.SetAction(parsed => Run(
            new ServiceLine(parsed.GetValue(path) ?? WorkerSocket.Find(), parsed.GetValue(attached), TimeProvider.System),
            parsed.GetValue(display), parsed.GetValue(exclude) ?? []));
        return command;
    }

    private static int Run(ServiceLine line, string? display, string[] excluded)
    {
        using var session = new WorkerSession(line, TimeProvider.System);
        // A child is told by its service when to end: a signal to the whole group must not cut a capture short.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        var code = session.Run(() => Captures.Open(display, excluded), SessionWatch.Start);
        if (line.Refused)
            Console.Error.WriteLine("The service's socket cannot be reached, or belongs to another user.");
        return code;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            if (!line.Attached)
                session.Exit();
        }
    }
}
