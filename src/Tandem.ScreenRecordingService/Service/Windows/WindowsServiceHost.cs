using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Service.Windows;

/// <summary>Runs this process as a Windows Service, where the service control manager has started it. It knows one service,
/// hence the static state.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsServiceHost
{
    public const string Name = "TandemScreenRecording";

    private const uint StopHintMs = 30_000;

    private static readonly CancellationTokenSource Stopping = new();
    private static Func<CancellationToken, Task<int>>? body;
    private static nint handle;
    private static int exitCode;

    /// <summary>Blocks until the service has stopped.</summary>
    /// <param name="run">Given a token that the service's stop cancels; returns an exit code.</param>
    /// <returns>The exit code; null where this process is no service, and nothing was run.</returns>
    public static int? TryRun(Func<CancellationToken, Task<int>> run)
    {
        body = run;
        fixed (char* name = Name)
        {
            var table = stackalloc ServiceEntry[2];
            table[0] = new ServiceEntry { Name = name, Main = &ServiceMain };
            table[1] = default;
            return ServiceControl.StartServiceCtrlDispatcherW(table) != 0 ? exitCode : null;
        }
    }

    /// <summary>On a thread of the dispatcher's own.</summary>
    [UnmanagedCallersOnly]
    private static void ServiceMain(uint count, char** arguments)
    {
        handle = ServiceControl.RegisterServiceCtrlHandlerExW(Name, &Handle, 0);
        // At once: an unreachable server is no reason to let the manager wait.
        Tell(ServiceControl.Running);
        try
        {
            exitCode = body!(Stopping.Token).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            // The manager restarts a service that says why it ended; an exception may not cross into native code.
            Console.Error.WriteLine(e);
            exitCode = 1;
        }
        Tell(ServiceControl.Stopped);
    }

    [UnmanagedCallersOnly]
    private static uint Handle(uint control, uint type, nint data, nint context)
    {
        if (control is ServiceControl.ControlStop or ServiceControl.ControlShutdown)
        {
            Tell(ServiceControl.StopPending);
            Stopping.Cancel();
        }
        return 0;
    }

    private static void Tell(uint state)
    {
        var status = new ServiceStatus
        {
            Type = ServiceControl.OwnProcess,
            State = state,
            Accepted = state == ServiceControl.Running ? ServiceControl.AcceptStop | ServiceControl.AcceptShutdown : 0,
            ExitCode = exitCode == 0 ? 0 : ServiceStatus.SpecificError,
            SpecificExitCode = (uint)exitCode,
            WaitHintMs = state == ServiceControl.StopPending ? StopHintMs : 0,
        };
        _ = ServiceControl.SetServiceStatus(handle, &status);
    }
}
