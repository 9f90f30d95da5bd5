namespace Tandem.Hosting;

/// <summary>Holds a data folder for this process; freed by dispose and by any end of the process.</summary>
public sealed class DataFolderLock : IDisposable
{
    /// <summary>Of the file in the folder that is locked.</summary>
    public const string Name = "lock";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Makes the folder when missing (mode 0700) and locks it.</summary>
    /// <exception cref="OptionsException">In use by another process, or not writable; one sentence naming it.</exception>
    public static DataFolderLock Acquire(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else if (!Directory.Exists(folder))
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"The data folder {folder} cannot be made: {failure.Message}", failure);
        }

        try
        {
            // FileShare.None is flock(LOCK_EX) on Linux: the kernel frees it with the process.
            return new DataFolderLock(new FileStream(
                Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new OptionsException($"The data folder {folder} is not writable.", failure);
        }
        catch (IOException failure)
        {
            throw new OptionsException($"The data folder {folder} is in use by another process.", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
