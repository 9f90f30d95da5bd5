using System.Runtime.Versioning;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary>A window that nobody sees, which is told of what happens to its session. One per process.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class SessionWindow
{
    private const uint SessionChange = 0x2B1;
    private const nint MessagesOnly = -3;
    private const string ClassName = "TandemSessionWatch";

    private static Action<uint>? told;

    /// <summary>Blocks as long as there are messages.</summary>
    /// <param name="notice">Given the kind of each change (WTS_SESSION_LOCK, …) on this thread.</param>
    /// <returns>False where this system has no such notices.</returns>
    public static bool Run(Action<uint> notice)
    {
        told = notice;
        fixed (char* name = ClassName)
        {
            var kind = new WindowClass { Procedure = &Take, Name = name };
            if (User32.RegisterClassW(&kind) == 0)
                return false;
            var window = User32.CreateWindowExW(0, name, null, 0, 0, 0, 0, 0, MessagesOnly, 0, 0, null);
            if (window == 0 || WtsApi.WTSRegisterSessionNotification(window, WtsApi.ThisSession) == 0)
                return false;
        }
        WindowMessage message;
        while (User32.GetMessageW(&message, 0, 0, 0) > 0)
            User32.DispatchMessageW(&message);
        return true;
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static nint Take(nint window, uint message, nint first, nint second)
    {
        if (message != SessionChange)
            return User32.DefWindowProcW(window, message, first, second);
        told!((uint)first);
        return 0;
    }
}
