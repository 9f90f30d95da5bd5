using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A small file system in memory, as a disk that can be full. Needs root.</summary>
internal sealed class Mount : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    public static async Task<bool> CanAsync(CancellationToken stop)
    {
        if (System.Environment.UserName != "root")
            return false;
        try
        {
            await using var probe = await TmpfsAsync("1m", stop);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <param name="size">And further options, such as <c>24m,ro</c>.</param>
    public static async Task<Mount> TmpfsAsync(string size, CancellationToken stop)
    {
        var mount = new Mount();
        var (code, said) = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size}", "tmpfs", mount.folder.Path], stop);
        if (code == 0)
            return mount;
        mount.folder.Dispose();
        throw new IOException(said);
    }

    public string At(string name) => folder.At(name);

    public async ValueTask DisposeAsync()
    {
        // Lazily: what still has a file open there lets it go on its own.
        await RunningProcess.RunAsync("umount", ["-l", folder.Path], CancellationToken.None);
        folder.Dispose();
    }
}
