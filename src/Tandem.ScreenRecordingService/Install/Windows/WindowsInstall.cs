using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Tandem.ScreenRecordingService.Service;
using Tandem.ScreenRecordingService.Service.Windows;

namespace Tandem.ScreenRecordingService.Install.Windows;

/// <summary><c>tandem-srs install</c> on Windows: a service of the machine, and a data folder that only the system and
/// administrators may enter.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsInstall
{
    /// <returns>The exit code; what went wrong stands on standard error.</returns>
    public static int Run(InstallPlan plan, Uri server)
    {
        try
        {
            var data = plan.DataFolder;
            MakeFolder(data);
            WindowsServiceInstallation.Install(WindowsCommandLine.Join([plan.Program, "service", .. plan.Service, .. plan.Capture]));
            Console.WriteLine($"The service {WindowsServiceHost.Name} is installed; its lines go to {Path.Combine(data, "service.log")}.");
            using var device = Device.Load(data, TimeProvider.System);
            if (device is null)
            {
                Console.WriteLine("Enrol once: " + WindowsCommandLine.Join("tandem-srs", "run", "--data", data, "--server", $"{server}", "--enrol", "TOKEN"));
                Console.WriteLine($"Then: sc start {WindowsServiceHost.Name}");
                return 0;
            }
            WindowsServiceInstallation.Start();
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ServiceException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void MakeFolder(string data)
    {
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var who in (WellKnownSidType[])[WellKnownSidType.LocalSystemSid, WellKnownSidType.BuiltinAdministratorsSid])
        {
            security.AddAccessRule(new FileSystemAccessRule(
                new SecurityIdentifier(who, null), FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                PropagationFlags.None, AccessControlType.Allow));
        }
        var folder = new DirectoryInfo(data);
        if (folder.Exists)
            folder.SetAccessControl(security);
        else
            folder.Create(security);
    }
}
