using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.Worker.Windows;

/// <summary>Tells when this session's screen is locked or another user's turn has come.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsSessionWatch
{
    public static void Start(Action<string?> away) => new Thread(() =>
    {
        var presence = default(SessionPresence);
        away(presence.Away);
        SessionWindow.Run(notice =>
        {
            presence = presence.After(notice);
            away(presence.Away);
        });
    })
    { Name = "session watch", IsBackground = true }.Start();
}
