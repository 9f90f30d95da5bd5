using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;
using Tandem.ScreenRecordingService.Native.Windows.Dxgi;

namespace Tandem.ScreenRecordingService.Capture.Windows;

/// <summary>The best capture there is: Desktop Duplication, else GDI, which says why.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsCaptures
{
    /// <summary>For tests and for people who hunt a fault: <c>gdi</c> does not try anything else.</summary>
    public const string Variable = "TANDEM_SRS_CAPTURE";

    /// <exception cref="DisplayLostException"/>
    public static ICapture Open(IReadOnlyList<string> excluded)
    {
        // Without it a scaled monitor is seen as smaller than it is.
        _ = User32.SetProcessDpiAwarenessContext(User32.PerMonitorAware);
        if (Environment.GetEnvironmentVariable(Variable) == "gdi")
            return Gdi(excluded, $"{Variable} asks for GDI");
        try
        {
            return new DuplicationCapture(excluded);
        }
        catch (Exception e) when (e is DxgiException or DllNotFoundException or EntryPointNotFoundException)
        {
            return Gdi(excluded, $"Desktop Duplication cannot be used: {e.Message}");
        }
    }

    private static GdiCapture Gdi(IReadOnlyList<string> excluded, string why) =>
        new(excluded, $"The screen is fetched whole by GDI and compared, which costs more processor time ({why}).");
}
