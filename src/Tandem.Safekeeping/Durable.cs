using System.Runtime.InteropServices;
using Tandem.Safekeeping.Native;

namespace Tandem.Safekeeping;

/// <summary>File operations that have happened when they return, power cut included. .NET hides fsync failures on Linux
/// and cannot fsync a folder, so these call the system directly. Every method throws <see cref="DurableException"/> with
/// the system's own words when the disk refuses.</summary>
public static class Durable
{
    /// <summary>Makes a new file, open for writing; its name is on disk when this returns.</summary>
    /// <param name="ownerOnly">Mode 0600 where the system has modes; else 0644 less the umask.</param>
    /// <exception cref="IOException">The file exists already.</exception>
    public static DurableFile Create(string path, bool ownerOnly = false)
    {
        var file = DurableFile.Open(path, FileMode.CreateNew, ownerOnly);
        SyncFolder(FolderOf(path));
        return file;
    }

    /// <summary>Opens an existing file for writing at any offset; appends go behind its present end.</summary>
    public static DurableFile OpenExisting(string path) => DurableFile.Open(path, FileMode.Open, ownerOnly: false);

    /// <summary>Writes a new file whole: it is complete on disk, or it is not there.</summary>
    /// <exception cref="IOException">The file exists already.</exception>
    public static void WriteAll(string path, ReadOnlySpan<byte> bytes, bool ownerOnly = false)
    {
        var temporary = WriteTemporary(path, bytes, ownerOnly);
        try
        {
            Move(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Replaces a file, or makes it: at any instant the old or the new content is there, whole.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, bool ownerOnly = false)
    {
        var temporary = WriteTemporary(path, bytes, ownerOnly);
        Rename(temporary, path, replace: true);
        SyncFolder(FolderOf(path));
    }

    /// <summary>Renames within one file system and syncs both folders. The content must have been synced before.</summary>
    /// <exception cref="IOException">The target exists already.</exception>
    public static void Move(string from, string to)
    {
        Rename(from, to, replace: false);
        SyncFolder(FolderOf(to));
        if (FolderOf(from) != FolderOf(to))
            SyncFolder(FolderOf(from));
    }

    /// <summary>Deletes a file if it is there.</summary>
    public static void Delete(string path)
    {
        if (!File.Exists(path))
            return;
        File.Delete(path);
        SyncFolder(FolderOf(path));
    }

    /// <summary>Deletes a folder with its content if it is there.</summary>
    public static void DeleteFolder(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        Directory.Delete(folder, recursive: true);
        SyncFolder(FolderOf(folder));
    }

    /// <summary>Makes a folder and its missing parents.</summary>
    public static void CreateFolder(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Directory.Exists(folder))
            return;
        var parent = FolderOf(folder);
        CreateFolder(parent);
        Directory.CreateDirectory(folder);
        SyncFolder(parent);
    }

    /// <summary>fsync of a folder: its names are on disk. Windows: NTFS journals names, nothing to do.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = FolderHandle.Open(folder);
        if (LibC.Sync(handle) != 0)
            throw new DurableException("fsync", folder, Marshal.GetLastPInvokeError());
    }

    /// <summary>syncfs: everything written so far to the file system that holds <paramref name="folder"/> is on disk.
    /// One call serves any number of open files. Linux 5.8 and later report write-back errors here. Windows has no
    /// such call for users; there the caller syncs its files one by one.</summary>
    public static void SyncFileSystem(string folder)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no syncfs: sync each file.");
        using var handle = FolderHandle.Open(folder);
        if (LibC.SyncFileSystem(handle) != 0)
            throw new DurableException("syncfs", folder, Marshal.GetLastPInvokeError());
    }

    internal static string FolderOf(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new ArgumentException($"{path} has no folder.");

    private static string WriteTemporary(string path, ReadOnlySpan<byte> bytes, bool ownerOnly)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using var file = DurableFile.Open(temporary, FileMode.CreateNew, ownerOnly);
            file.Append(bytes);
            file.Sync();
            return temporary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Rename(string from, string to, bool replace)
    {
        if (OperatingSystem.IsWindows())
        {
            var flags = Kernel32.MoveWriteThrough | (replace ? Kernel32.MoveReplaceExisting : 0);
            if (!Kernel32.MoveFile(from, to, flags))
                throw new DurableException("MoveFileEx", to, Marshal.GetLastPInvokeError());
            return;
        }

        var result = replace
            ? LibC.Rename(from, to)
            : LibC.RenameAt2(LibC.CurrentFolder, from, LibC.CurrentFolder, to, LibC.RenameNoReplace);
        if (result != 0)
            throw new DurableException("rename", to, Marshal.GetLastPInvokeError());
    }
}
