using System.ComponentModel;
using System.Diagnostics;

namespace Tandem.ScreenRecordingService.Install;

/// <summary>Where the units lie on this machine, or under another root.</summary>
/// <param name="root">Null: this machine itself, whose systemd is told.</param>
/// <param name="machine">Installed by root for every session; else for one user.</param>
internal sealed class InstalledUnits(string? root, bool machine)
{
    public const string ServiceName = "tandem-srs.service";
    public const string WorkerName = "tandem-srs-worker.service";

    /// <summary>Path, and what makes its text.</summary>
    private IReadOnlyList<(string Path, Func<InstallPlan, string> Text)> Files => machine
        ? [(Under("/etc/systemd/system", ServiceName), SystemdUnits.Service), (Under("/etc/systemd/user", WorkerName), SystemdUnits.Worker)]
        : [(Under(Path.Combine(Home, ".config/systemd/user"), ServiceName), SystemdUnits.ForOneUser)];

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <returns>The files written.</returns>
    public IEnumerable<string> Write(InstallPlan plan)
    {
        foreach (var (path, text) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text(plan));
            yield return path;
        }
    }

    /// <returns>The files that were there.</returns>
    public IEnumerable<string> Remove()
    {
        foreach (var (path, _) in Files)
        {
            if (!File.Exists(path))
                continue;
            File.Delete(path);
            yield return path;
        }
    }

    /// <returns>False where there is no systemd to tell, or it refused.</returns>
    public bool Enable() => root is null && (machine
        ? Systemctl("daemon-reload") && Systemctl("enable", "--now", ServiceName) && Systemctl("--global", "enable", WorkerName)
        : Systemctl("--user", "daemon-reload") && Systemctl("--user", "enable", ServiceName));

    /// <summary>Before the units are removed: stops what runs.</summary>
    public bool Disable() => root is null && (machine
        ? Systemctl("disable", "--now", ServiceName) & Systemctl("--global", "disable", WorkerName)
        : Systemctl("--user", "disable", "--now", ServiceName));

    private string Under(string folder, string name) => Path.Combine((root ?? "") + folder, name);

    private static bool Systemctl(params string[] arguments)
    {
        try
        {
            using var systemctl = Process.Start(new ProcessStartInfo("systemctl", arguments) { RedirectStandardError = true });
            systemctl!.WaitForExit();
            return systemctl.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
