using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>The Linux calls of the media path (socket(7), epoll(7), recvmmsg(2), setpriority(2)). All return -1 and set errno on failure.</summary>
internal static unsafe partial class Libc
{
    public const int AfInet = 2;
    public const int SockDgram = 2;
    public const int SockNonblockCloexec = 0x800 | 0x80000;
    public const int SolSocket = 1;
    public const int SoReceiveBuffer = 8;
    public const int SoTimestampNs = 35;
    public const int EpollCloexec = 0x80000;
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const uint EpollIn = 1;
    public const uint EpollEdge = 1u << 31;
    public const int ClockRealtime = 0;
    public const int Eintr = 4;
    public const int PriorityProcess = 0;
    public const int SetTimerSlack = 29;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int fd, SockaddrIn* address, uint length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSockName(int fd, SockaddrIn* address, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSockOpt(int fd, int level, int name, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollCtl(int epoll, int operation, int fd, byte* happening);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* happenings, int capacity, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, void* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    public static partial int NanoSleep(Timespec* time, Timespec* rest);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    public static partial int SetPriority(int which, uint who, int nice);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint value);

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    [SuppressGCTransition]
    public static partial int ReceiveMany(int fd, MultiMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendto")]
    [SuppressGCTransition]
    public static partial nint SendTo(int fd, byte* buffer, nuint bytes, int flags, SockaddrIn* address, uint length);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    public static partial int ClockGetTime(int clock, Timespec* time);
}
