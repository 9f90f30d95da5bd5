using System.CommandLine;
using Tandem.ScreenRecordingService.Install.Windows;
using Tandem.ScreenRecordingService.Service;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Install;

/// <summary><c>tandem-srs install</c>: on Linux systemd units, for root a service of the machine and a worker of every graphical
/// session, for others one unit of their own; on Windows a service. They run with the options given here. Also writes the
/// browser policies, where asked.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        var shared = new ServiceArguments();
        var exclude = ExcludeOption.Create();
        var policies = UsualOptions.Path("--policies", "Folder to write browser policies into, by which pages may reach the local API without a question");
        var root = UsualOptions.Path("--root", "Write under this folder instead of /, and tell no systemd");
        var command = new Command("install", "Install the recorder, which then runs with these options") { exclude, policies, root };
        shared.AddKeptTo(command);
        command.SetAction(parsed =>
        {
            var options = shared.Read(parsed);
            var plan = new InstallPlan(OwnProgram.Start().FileName, options.DataFolder, shared.Kept(parsed), [.. ExcludeOption.Words(parsed.GetValue(exclude) ?? [])]);
            try
            {
                if (parsed.GetValue(policies) is { } folder)
                    WritePolicies(folder, options);
                return OperatingSystem.IsWindows()
                    ? WindowsInstall.Run(plan, options.Servers[0])
                    : Install(plan, options, new InstalledUnits(parsed.GetValue(root), PeerIdentity.OwnUserId == 0));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"It cannot be installed: {e.Message} Run it as a user who may write there.");
                return 1;
            }
        });
        return command;
    }

    private static void WritePolicies(string folder, ServiceOptions options)
    {
        foreach (var path in BrowserPolicies.Write(folder, [.. options.Servers.Select(s => s.GetLeftPart(UriPartial.Authority)), .. options.Origins]))
            Console.WriteLine($"Wrote {path}.");
    }

    private static int Install(InstallPlan plan, ServiceOptions options, InstalledUnits units)
    {
        Directory.CreateDirectory(options.DataFolder);
        foreach (var path in units.Write(plan))
            Console.WriteLine($"Wrote {path}.");
        if (Device.Load(options.DataFolder, TimeProvider.System) is null)
            Console.WriteLine($"Enrol once: tandem-srs enrol --data {options.DataFolder} --server {options.Servers[0]} --token TOKEN");
        if (!units.Enable())
            Console.WriteLine("systemd was not told: enable the units when it runs (systemctl enable).");
        return 0;
    }
}
