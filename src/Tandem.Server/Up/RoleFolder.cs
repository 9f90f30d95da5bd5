using Tandem.Hosting;

namespace Tandem.Server.Up;

/// <summary>A role's own folder, made when missing, proved writable, and locked for as long as the process lives.</summary>
internal sealed class RoleFolder : IDisposable
{
    private readonly DataFolderLock _lock;

    private RoleFolder(DataFolderLock held) => _lock = held;

    /// <exception cref="OptionsException">It cannot be made or written, or another process holds it.</exception>
    internal static RoleFolder Take(string path)
    {
        var held = DataFolderLock.Acquire(path);
        try
        {
            ProveWritable(Path.Combine(path, ".probe"));
            return new RoleFolder(held);
        }
        catch (IOException e)
        {
            held.Dispose();
            throw new OptionsException($"the data folder {path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>A full disk lets a file be made and refuses its first block; that is to be known before a call comes.</summary>
    private static void ProveWritable(string probe)
    {
        try
        {
            File.WriteAllBytes(probe, new byte[64 * 1024]);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    public void Dispose() => _lock.Dispose();
}
