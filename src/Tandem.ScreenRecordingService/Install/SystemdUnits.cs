using System.Text;

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
        ExecStart={Command(plan, "service")}
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
        ExecStart={Quote(plan.Program)} worker
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
        ExecStart={Command(plan, "run")}
        Restart=on-failure
        RestartSec=2
        KillMode=mixed
        TimeoutStopSec=30
        NoNewPrivileges=yes
        UMask=0077

        [Install]
        WantedBy=graphical-session.target

        """;

    private static string Command(InstallPlan plan, string verb)
    {
        var command = new StringBuilder($"{Quote(plan.Program)} {verb} --data {Quote(plan.DataFolder)} --port {plan.Port}");
        foreach (var server in plan.Servers)
            command.Append($" --server {Quote(server.GetLeftPart(UriPartial.Authority))}");
        foreach (var origin in plan.Origins)
            command.Append($" --origin {Quote(origin)}");
        return command.ToString();
    }

    /// <summary>systemd.service(5), "Command lines": quotes, with % and $ doubled.</summary>
    private static string Quote(string value)
    {
        var doubled = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return $"\"{doubled}\"";
    }
}
