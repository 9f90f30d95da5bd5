using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>A handle of the service control manager.</summary>
[SupportedOSPlatform("windows")]
internal sealed class ServiceHandle(nint value) : IDisposable
{
    public nint Value => value;

    /// <exception cref="IOException">One sentence.</exception>
    public static ServiceHandle OpenManager()
    {
        var manager = ServiceControl.OpenSCManagerW(null, null, ServiceControl.AllAccess);
        if (manager != 0)
            return new ServiceHandle(manager);
        throw new IOException(Marshal.GetLastPInvokeError() == ServiceControl.AccessDenied
            ? "Services are an administrator's to install: run this in a terminal opened with 'Run as administrator'."
            : $"The service control manager cannot be reached: {new Win32Exception(Marshal.GetLastPInvokeError()).Message.TrimEnd('.')}.");
    }

    /// <returns>Null where there is no such service, or it is not ours to open; the last error says which.</returns>
    public static ServiceHandle? Open(ServiceHandle manager, string name)
    {
        var service = ServiceControl.OpenServiceW(manager.Value, name, ServiceControl.ServiceAllAccess);
        return service != 0 ? new ServiceHandle(service) : null;
    }

    public void Dispose() => ServiceControl.CloseServiceHandle(value);
}
