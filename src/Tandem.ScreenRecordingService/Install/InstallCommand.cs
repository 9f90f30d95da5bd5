using System.CommandLine;
using System.Diagnostics;
using Tandem.ScreenRecordingService.Install.Windows;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Install;

/// <summary><c>tandem-srs install</c>: a systemd user unit, which starts with the agent's graphical session and ends with
/// it, and enrolment, so that nothing is left to do by hand.</summary>
internal static class InstallCommand
{
    private const string UnitName = "tandem-srs.service";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of the enrolment and the spool", Required = true };
        var server = new Option<Uri[]>("--server") { Description = "Address of RWS; repeat for peers", Required = true, CustomParser = ServiceArguments.ParseAddresses };
        var port = new Option<int>("--port") { Description = "Port of the local API", DefaultValueFactory = _ => 8090 };
        var origin = new Option<string[]>("--origin") { Description = "Origin of a desktop page; repeatable" };
        var units = new Option<string?>("--units") { Description = "Folder of the unit; default ~/.config/systemd/user" };
        var command = new Command("install", "Install a systemd user unit that runs the recorder in the graphical session")
        {
            data, server, port, origin, units,
        };
        command.SetAction(parsed => OperatingSystem.IsWindows()
            ? WindowsInstall.Run(Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(server)!, parsed.GetValue(port), parsed.GetValue(origin) ?? [])
            : Install(
            Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(server)!, parsed.GetValue(port), parsed.GetValue(origin) ?? [], parsed.GetValue(units)));
        return command;
    }

    private static int Install(string data, Uri[] servers, int port, string[] origins, string? folder)
    {
        var standard = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "systemd", "user");
        var path = Path.Combine(folder ?? standard, UnitName);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, SystemdUnit.Text(OwnProgram.Start().FileName, data, servers, port, origins));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The unit {path} cannot be written: {e.Message}");
            return 1;
        }
        Console.WriteLine($"Wrote {path}.");
        if (Device.Load(data, TimeProvider.System) is null)
            Console.WriteLine($"Enrol once: tandem-srs run --data {data} --server {servers[0]} --enrol TOKEN");
        if (folder is null && !Enable())
            Console.WriteLine($"Then: systemctl --user daemon-reload && systemctl --user enable --now {UnitName}");
        return 0;
    }

    /// <returns>False where there is no systemd of this user.</returns>
    private static bool Enable()
    {
        foreach (var arguments in (string[][])[["--user", "daemon-reload"], ["--user", "enable", UnitName]])
        {
            try
            {
                using var systemctl = Process.Start(new ProcessStartInfo("systemctl", arguments) { RedirectStandardError = true });
                systemctl!.WaitForExit();
                if (systemctl.ExitCode != 0)
                    return false;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
        return true;
    }
}
