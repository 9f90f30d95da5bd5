using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tandem.Safekeeping.Native;

/// <summary>Windows' counterparts of <see cref="LibC"/>.</summary>
internal static partial class Kernel32
{
    internal const uint MoveReplaceExisting = 1;
    internal const uint MoveWriteThrough = 8;

    [LibraryImport("kernel32", EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool FlushFileBuffers(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool MoveFile(string from, string to, uint flags);
}
