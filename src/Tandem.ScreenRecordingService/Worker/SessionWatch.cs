using Tandem.ScreenRecordingService.Worker.Windows;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>Tells when the session's screen is locked or another user's turn has come. Sleeps until logind says so, or Windows.</summary>
internal static class SessionWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <param name="away">Called from a thread of its own with <c>locked</c>, <c>user-switched</c> or null.</param>
    public static void Start(Action<string?> away)
    {
        if (OperatingSystem.IsWindows())
            WindowsSessionWatch.Start(away);
        if (!OperatingSystem.IsLinux())
            return;
        new Thread(() => Watch(away)) { Name = "session watch", IsBackground = true }.Start();
    }

    private static void Watch(Action<string?> away)
    {
        // Where it is missing from the start it will not come; where it goes it comes back.
        for (var session = LogindSession.Open(); session is not null; session = LogindSession.Open())
        {
            using (session)
            {
                do
                    away(session.Away());
                while (session.Wait());
            }
            Thread.Sleep(Pause);
        }
    }
}
