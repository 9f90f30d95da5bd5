using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>advapi32: the service control manager, from both sides. All set the last error on failure.</summary>
internal static unsafe partial class ServiceControl
{
    private const string Library = "advapi32";

    public const int AccessDenied = 5;
    public const int InvalidLevel = 124;
    public const int AlreadyRunning = 1056;
    public const int Exists = 1073;

    public const uint AllAccess = 0xF003F;
    public const uint ServiceAllAccess = 0xF01FF;
    public const uint OwnProcess = 0x10;
    public const uint AutoStart = 2;
    public const uint ErrorNormal = 1;
    public const uint FailureActions = 2;
    public const uint FailureActionsOnNonCrash = 4;

    public const uint Stopped = 1;
    public const uint StopPending = 3;
    public const uint Running = 4;

    public const uint ControlStop = 1;
    public const uint ControlShutdown = 5;
    public const uint AcceptStop = 1;
    public const uint AcceptShutdown = 4;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int StartServiceCtrlDispatcherW(ServiceEntry* table);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint RegisterServiceCtrlHandlerExW(string name, delegate* unmanaged<uint, uint, nint, nint, uint> handler, nint context);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int SetServiceStatus(nint handle, ServiceStatus* status);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint OpenSCManagerW(string? machine, string? database, uint access);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint CreateServiceW(
        nint manager, string name, string displayName, uint access, uint type, uint start, uint error, string command,
        string? group, nint tag, string? dependencies, string? account, string? password);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint OpenServiceW(nint manager, string name, uint access);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial int ChangeServiceConfigW(
        nint service, uint type, uint start, uint error, string command, string? group, nint tag, string? dependencies, string? account,
        string? password, string? displayName);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ChangeServiceConfig2W(nint service, uint level, void* info);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int StartServiceW(nint service, uint count, nint arguments);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ControlService(nint service, uint control, ServiceStatus* status);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int QueryServiceStatus(nint service, ServiceStatus* status);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int DeleteService(nint service);

    [LibraryImport(Library)]
    public static partial int CloseServiceHandle(nint handle);
}
