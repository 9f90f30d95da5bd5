using System.Text;

namespace Tandem.ScreenRecordingService.Install;

internal static class SystemdUnit
{
    /// <param name="program">Full path of tandem-srs.</param>
    public static string Text(string program, string data, IReadOnlyList<Uri> servers, int port, IReadOnlyList<string> origins)
    {
        var start = new StringBuilder($"{Quote(program)} run --data {Quote(data)} --port {port}");
        foreach (var server in servers)
            start.Append($" --server {Quote(server.GetLeftPart(UriPartial.Authority))}");
        foreach (var origin in origins)
            start.Append($" --origin {Quote(origin)}");
        // KillMode=mixed: the service is told first and closes the capture with its worker; TimeoutStopSec gives the disk time.
        return $"""
            [Unit]
            Description=Tandem Screen Recording Service
            PartOf=graphical-session.target
            After=graphical-session.target

            [Service]
            ExecStart={start}
            Restart=on-failure
            RestartSec=2
            KillMode=mixed
            TimeoutStopSec=30
            NoNewPrivileges=yes
            UMask=0077

            [Install]
            WantedBy=graphical-session.target

            """;
    }

    /// <summary>systemd.service(5), "Command lines": quotes, with % and $ doubled.</summary>
    private static string Quote(string value)
    {
        var doubled = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return $"\"{doubled}\"";
    }
}
