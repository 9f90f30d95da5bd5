using System.CommandLine;
using Tandem.ScreenRecordingService.Install.Windows;
using Tandem.ScreenRecordingService.Service;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Install;

/// <summary><c>tandem-srs install</c>: systemd units; for root a service of the machine and a worker of every graphical
/// session, for others one unit of their own. Also writes the browser policies, where asked.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of the enrolment and the spool", Required = true };
        var server = new Option<Uri[]>("--server") { Description = "Address of RWS; repeat for peers", Required = true, CustomParser = ServiceArguments.ParseAddresses };
        var port = new Option<int>("--port") { Description = "Port of the local API", DefaultValueFactory = _ => 8090 };
        var origin = new Option<string[]>("--origin") { Description = "Origin of a desktop page; repeatable" };
        var policies = new Option<string?>("--policies") { Description = "Folder to write browser policies into, by which pages may reach the local API without a question" };
        var root = new Option<string?>("--root") { Description = "Write under this folder instead of /, and tell no systemd" };
        var command = new Command("install", "Install the recorder as systemd units") { data, server, port, origin, policies, root };
        command.SetAction(parsed =>
        {
            var (folder, servers) = (Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(server)!);
            if (OperatingSystem.IsWindows())
                return WindowsInstall.Run(folder, servers, parsed.GetValue(port), parsed.GetValue(origin) ?? []);
            var plan = new InstallPlan(OwnProgram.Start().FileName, folder, servers, parsed.GetValue(port), parsed.GetValue(origin) ?? []);
            return Install(plan, new InstalledUnits(parsed.GetValue(root), PeerIdentity.OwnUserId == 0), parsed.GetValue(policies));
        });
        return command;
    }

    private static int Install(InstallPlan plan, InstalledUnits units, string? policies)
    {
        try
        {
            Directory.CreateDirectory(plan.DataFolder);
            foreach (var path in units.Write(plan))
                Console.WriteLine($"Wrote {path}.");
            foreach (var path in policies is null ? [] : BrowserPolicies.Write(policies, [.. plan.Servers.Select(s => s.GetLeftPart(UriPartial.Authority)), .. plan.Origins]))
                Console.WriteLine($"Wrote {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"It cannot be installed: {e.Message} Run it as a user who may write there.");
            return 1;
        }
        if (Device.Load(plan.DataFolder, TimeProvider.System) is null)
            Console.WriteLine($"Enrol once: tandem-srs enrol --data {plan.DataFolder} --server {plan.Servers[0]} --token TOKEN");
        if (!units.Enable())
            Console.WriteLine("systemd was not told: enable the units when it runs (systemctl enable).");
        return 0;
    }
}
