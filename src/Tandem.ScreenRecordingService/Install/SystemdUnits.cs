namespace Tandem.ScreenRecordingService.Install;

/// <summary>The units: one service for the machine, one worker for each graphical session, neither bound to the other, so that
/// an upgrade of the service leaves captures running.</summary>
internal static class SystemdUnits
{
    /// <summary>For <c>/etc/systemd/system</c>.</summary>
    public static string Service(InstallPlan plan) => $"""
        [Unit]
        Description=Tandem Screen Recording Service
        Wants=network-online.target
        After=network-online.target

        [Service]
        ExecStart={Line([plan.Program, "service", .. plan.Service])}
        Restart=on-failure
        RestartSec=2
        TimeoutStopSec=30
        UMask=0077
        NoNewPrivileges=yes
        PrivateTmp=yes
        ProtectHome=read-only
        ProtectSystem=strict
        ReadWritePaths={Quote(plan.DataFolder)}
        RuntimeDirectory=tandem-srs
        RuntimeDirectoryMode=0755
        RuntimeDirectoryPreserve=restart

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>For <c>/etc/systemd/user</c>: every user's graphical session has one.</summary>
    public static string Worker(InstallPlan plan) => $"""
        [Unit]
        Description=Tandem screen capture of this session
        PartOf=graphical-session.target
        After=graphical-session.target

        [Service]
        ExecStart={Line([plan.Program, "worker", .. plan.Capture])}
        Restart=always
        RestartSec=2
        TimeoutStopSec=30
        NoNewPrivileges=yes
        UMask=0077

        [Install]
        WantedBy=graphical-session.target

        """;

    /// <summary>For <c>~/.config/systemd/user</c> of somebody who is not root: both in one.</summary>
    public static string ForOneUser(InstallPlan plan) =>
        // KillMode=mixed: the service is told first and closes the capture with its worker.
        $"""
        [Unit]
        Description=Tandem Screen Recording Service
        PartOf=graphical-session.target
        After=graphical-session.target

        [Service]
        ExecStart={Line([plan.Program, "run", .. plan.Service, .. plan.Capture])}
        Restart=on-failure
        RestartSec=2
        KillMode=mixed
        TimeoutStopSec=30
        NoNewPrivileges=yes
        UMask=0077

        [Install]
        WantedBy=graphical-session.target

        """;

    private static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>systemd.service(5), "Command lines": quotes where they are needed, with % and $ doubled.</summary>
    private static string Quote(string word)
    {
        var doubled = word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return doubled.Length > 0 && doubled.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:".Contains(c)) ? doubled : $"\"{doubled}\"";
    }
}
