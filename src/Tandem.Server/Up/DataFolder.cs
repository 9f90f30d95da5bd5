namespace Tandem.Server.Up;

/// <summary>A role's own folder, made when missing and locked for as long as the process lives (the kernel drops the
/// lock with the process, so none is left behind).</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    internal string Path { get; }

    /// <exception cref="StartException">It cannot be made or written, or another process holds it.</exception>
    internal static DataFolder Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data folder {path} cannot be made: {e.Message}", e);
        }
        var held = Lock(path);
        try
        {
            ProveWritable(held);
        }
        catch (IOException e)
        {
            held.Dispose();
            throw new StartException($"the data folder {path} cannot be written: {e.Message}", e);
        }
        return new DataFolder(path, held);
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartException($"the data folder {path} cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (Directory.Exists(path) && File.Exists(System.IO.Path.Combine(path, LockName)))
        {
            throw new StartException($"the data folder {path} is locked by another running process", e);
        }
        catch (IOException e)
        {
            throw new StartException($"the data folder {path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>A full disk lets a file be opened and refuses its first block; that is to be known before a call comes.</summary>
    private static void ProveWritable(FileStream held)
    {
        held.SetLength(0);
        held.Write(new byte[4096]);
        held.Flush();
        held.SetLength(0);
    }

    public void Dispose() => _lock.Dispose();
}
