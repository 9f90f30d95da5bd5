namespace Tandem.ScreenRecordingService.Service.Windows;

/// <summary>Where a Windows Service's lines go, which has no console: a file in its data folder, and the one before it.</summary>
internal static class ServiceLog
{
    private const long MaximumBytes = 4 << 20;

    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public static TextWriter Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, DataFolder.Log);
        if (File.Exists(path) && new FileInfo(path).Length > MaximumBytes)
            File.Move(path, Path.Combine(folder, DataFolder.LogBefore), overwrite: true);
        return TextWriter.Synchronized(new StreamWriter(path, append: true) { AutoFlush = true });
    }
}
