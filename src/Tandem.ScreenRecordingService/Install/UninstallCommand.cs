using System.CommandLine;
using Tandem.Hosting;
using Tandem.ScreenRecordingService.Install.Windows;
using Tandem.ScreenRecordingService.Service;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Install;

/// <summary><c>tandem-srs uninstall</c>: stops and removes the units, then all that is kept on this PC, keys included. What
/// waits for the server is not thrown away unless told so.</summary>
internal static class UninstallCommand
{
    public static Command Create()
    {
        var data = UsualOptions.Data();
        var discard = new Option<bool>("--discard") { Description = "Also throw away recordings that the server does not have yet" };
        var root = UsualOptions.Path("--root", "Remove under this folder instead of /, and tell no systemd");
        var command = new Command("uninstall", "Remove the recorder's units, keys and data from this PC") { data, discard, root };
        command.SetAction(parsed => Uninstall(
            Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(discard), new InstalledUnits(parsed.GetValue(root), PeerIdentity.OwnUserId == 0)));
        return command;
    }

    private static int Uninstall(string data, bool discard, InstalledUnits units)
    {
        try
        {
            if (Objection(data, discard) is { } objection)
            {
                Console.Error.WriteLine(objection);
                return 1;
            }
            if (OperatingSystem.IsWindows())
                WindowsServiceInstallation.Remove();
            else
                units.Disable();
            foreach (var path in units.Remove())
                Console.WriteLine($"Removed {path}.");
            if (Directory.Exists(data))
            {
                using (DataFolderLock.Acquire(data))
                {
                    // Nobody uses it any more.
                }
                Directory.Delete(data, recursive: true);
                Console.WriteLine($"Removed {data} with this PC's keys.");
            }
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OptionsException or ServiceException)
        {
            Console.Error.WriteLine($"It cannot be removed: {e.Message}");
            return 1;
        }
    }

    /// <returns>Why this folder cannot go as a whole; null where it can, or is not there.</returns>
    private static string? Objection(string data, bool discard)
    {
        if (DataFolder.Foreign(data) is { } foreign)
            return $"{data} holds {foreign}, which the recorder did not write: give the folder that it was installed with.";
        return !discard && WaitingBytes(data) is > 0 and var waiting
            ? $"{waiting >> 10} KiB of recordings in {data} have not reached the server: let the service deliver them first, or repeat with --discard to lose them."
            : null;
    }

    /// <summary>Sealed bytes of streams.</summary>
    private static long WaitingBytes(string data)
    {
        var spool = Path.Combine(data, DataFolder.Spool);
        return Directory.Exists(spool) ? Directory.EnumerateDirectories(spool).SelectMany(Directory.EnumerateFiles).Sum(f => new FileInfo(f).Length) : 0;
    }
}
