using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tandem.Safekeeping.Native;

/// <summary>The system calls whose failures .NET hides or does not offer at all. All return -1 and set errno on failure.</summary>
internal static partial class LibC
{
    internal const int OpenReadOnly = 0;
    internal const int OpenDirectory = 0x10000;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int CurrentFolder = -100;
    internal const uint RenameNoReplace = 1;

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    internal static partial int SyncFileSystem(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string from, string to);

    /// <summary>glibc 2.28 and later; file systems without RENAME_NOREPLACE answer EINVAL.</summary>
    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);
}
