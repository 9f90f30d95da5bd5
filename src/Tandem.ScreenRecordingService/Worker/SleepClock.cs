using Tandem.ScreenRecordingService.Native.Posix;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>How long this machine has been suspended: CLOCK_BOOTTIME goes on then, CLOCK_MONOTONIC does not
/// (clock_gettime(2)). On Windows it is 0, because there the clock of <see cref="TimeProvider"/> goes on by itself.</summary>
internal static unsafe class SleepClock
{
    private const int Monotonic = 1;
    private const int BootTime = 7;

    /// <summary>In all since the start, in milliseconds; 0 where the system does not say.</summary>
    public static long SleptMs()
    {
        Timespec awake, all;
        return OperatingSystem.IsLinux() && Libc.clock_gettime(Monotonic, &awake) == 0 && Libc.clock_gettime(BootTime, &all) == 0
            ? (Nanoseconds(all) - Nanoseconds(awake)) / 1_000_000
            : 0;
    }

    private static long Nanoseconds(Timespec time) => time.Seconds * 1_000_000_000 + time.Nanoseconds;
}
