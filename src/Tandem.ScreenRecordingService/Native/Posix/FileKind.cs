namespace Tandem.ScreenRecordingService.Native.Posix;

/// <summary>What stands under a name, so that only what is ours is removed: root may delete a device, and everybody misspells
/// (statx(2), inode(7)). Links are followed.</summary>
internal static unsafe class FileKind
{
    private const int WorkingFolder = -100, StatxBytes = 256, ModeAt = 28;
    private const uint WantType = 1;
    private const int TypeMask = 0xF000, Regular = 0x8000, Socket = 0xC000;

    /// <returns>True where it is a file of bytes, or not there at all.</returns>
    public static bool IsRegularOrMissing(string path) => Is(path, Regular);

    /// <returns>True where it is a socket, or not there at all.</returns>
    public static bool IsSocketOrMissing(string path) => Is(path, Socket);

    private static bool Is(string path, int type)
    {
        if (OperatingSystem.IsWindows())
            return true;
        var found = stackalloc byte[StatxBytes];
        return Libc.statx(WorkingFolder, path, 0, WantType, found) != 0 || (*(ushort*)(found + ModeAt) & TypeMask) == type;
    }
}
