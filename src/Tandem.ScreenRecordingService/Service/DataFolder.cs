using Tandem.Hosting;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What the service keeps, and the names by which: the folder is the recorder's alone and goes with it.</summary>
internal static class DataFolder
{
    public const string Spool = "spool";
    public const string State = "state.json";
    public const string Device = "device.json";
    public const string DeviceKey = "device-key.pem";
    public const string Log = "service.log";
    public const string LogBefore = "service.1.log";

    private static readonly string[] Names = [DataFolderLock.Name, Spool, State, Device, DeviceKey, Log, LogBefore];

    /// <returns>The name of something in it that this program never writes; null where there is none.</returns>
    public static string? Foreign(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).FirstOrDefault(name => !IsOwn(name)) : null;

    // A file that is replaced is written beside its place first, and stays there where the power fails.
    private static bool IsOwn(string name) =>
        Names.Contains(name) || (name.EndsWith(".tmp", StringComparison.Ordinal) && Array.Exists(Names, own => name.StartsWith(own, StringComparison.Ordinal)));
}
