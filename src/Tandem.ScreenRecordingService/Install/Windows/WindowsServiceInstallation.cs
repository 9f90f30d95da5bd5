using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;
using Tandem.ScreenRecordingService.Service.Windows;

namespace Tandem.ScreenRecordingService.Install.Windows;

/// <summary>The recorder as a Windows Service of the LocalSystem account: it starts with the machine, is restarted when it
/// fails, and starts a worker in every session.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsServiceInstallation
{
    private const string DisplayName = "Tandem Screen Recording Service";
    private const uint RestartDelayMs = 2_000;
    private const uint ForgetFailuresSeconds = 3_600;
    private const int StopAttempts = 300;
    private const int StopPauseMs = 100;

    /// <summary>Makes the service or changes the one that is there.</summary>
    /// <param name="command">The program and its arguments, quoted.</param>
    /// <exception cref="IOException">One sentence.</exception>
    public static void Install(string command)
    {
        using var manager = ServiceHandle.OpenManager();
        var created = ServiceControl.CreateServiceW(
            manager.Value, WindowsServiceHost.Name, DisplayName, ServiceControl.ServiceAllAccess, ServiceControl.OwnProcess, ServiceControl.AutoStart,
            ServiceControl.ErrorNormal, command, null, 0, null, null, null);
        if (created == 0 && Marshal.GetLastPInvokeError() != ServiceControl.Exists)
            throw Failure("made");
        using var service = created != 0 ? new ServiceHandle(created) : ServiceHandle.Open(manager, WindowsServiceHost.Name);
        if (service is null || ServiceControl.ChangeServiceConfigW(
            service.Value, ServiceControl.OwnProcess, ServiceControl.AutoStart, ServiceControl.ErrorNormal, command, null, 0, null, null, null, DisplayName) == 0)
            throw Failure("changed");
        RestartOnFailure(service);
    }

    /// <exception cref="IOException">One sentence.</exception>
    public static void Start()
    {
        using var manager = ServiceHandle.OpenManager();
        using var service = ServiceHandle.Open(manager, WindowsServiceHost.Name);
        if (service is null || (ServiceControl.StartServiceW(service.Value, 0, 0) == 0 && Marshal.GetLastPInvokeError() != ServiceControl.AlreadyRunning))
            throw Failure("started");
    }

    /// <summary>Stops and removes the service, if it is there.</summary>
    /// <exception cref="IOException">One sentence.</exception>
    public static void Remove()
    {
        using var manager = ServiceHandle.OpenManager();
        using var service = ServiceHandle.Open(manager, WindowsServiceHost.Name);
        if (service is null)
            return;
        ServiceStatus status;
        _ = ServiceControl.ControlService(service.Value, ServiceControl.ControlStop, &status);
        for (var i = 0; i < StopAttempts && ServiceControl.QueryServiceStatus(service.Value, &status) != 0 && status.State != ServiceControl.Stopped; i++)
            Thread.Sleep(StopPauseMs);
        if (ServiceControl.DeleteService(service.Value) == 0)
            throw Failure("removed");
    }

    private static void RestartOnFailure(ServiceHandle service)
    {
        var actions = stackalloc uint[] { ServiceFailureActions.Restart, RestartDelayMs };
        var failure = new ServiceFailureActions { ResetSeconds = ForgetFailuresSeconds, Count = 1, Actions = actions };
        var alsoWithoutCrash = 1;
        Configure(service, ServiceControl.FailureActions, &failure);
        Configure(service, ServiceControl.FailureActionsOnNonCrash, &alsoWithoutCrash);
    }

    private static void Configure(ServiceHandle service, uint level, void* value)
    {
        // wine knows neither; the service does without.
        if (ServiceControl.ChangeServiceConfig2W(service.Value, level, value) == 0 && Marshal.GetLastPInvokeError() != ServiceControl.InvalidLevel)
            throw Failure("told to restart after a failure");
    }

    private static IOException Failure(string what) =>
        new($"The service {WindowsServiceHost.Name} cannot be {what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message.TrimEnd('.')}.");
}
