using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Posix;

/// <summary>What the capture path needs of the C library on 64-bit Linux.</summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int IpcPrivate = 0;
    public const int IpcCreate = 0x200;
    public const int IpcRemove = 0;
    public const int DontNeed = 4;
    public const short PollIn = 1;
    public const short PollError = 8 | 16 | 32;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int shmget(int key, nuint size, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint shmat(int id, nint address, int flags);

    [LibraryImport(Library)]
    public static partial int shmdt(void* address);

    [LibraryImport(Library)]
    public static partial int shmctl(int id, int command, nint buffer);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int descriptor, void* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int descriptor, void* buffer, nuint count);

    [LibraryImport(Library)]
    public static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockopt(int descriptor, int level, int option, void* value, uint* length);

    [LibraryImport(Library)]
    public static partial uint getuid();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int folder, string path, int flags, uint mask, byte* found);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int madvise(void* address, nuint length, int advice);

    /// <summary>Reads memory, one's own too, of which one is not sure: what is not there is an error and no fault.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint process_vm_readv(int process, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int clock_gettime(int clock, Timespec* time);
}
