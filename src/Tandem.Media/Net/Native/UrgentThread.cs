namespace Tandem.Media.Net.Native;

/// <summary>A better niceness for the thread that moves packets (setpriority(2)): at the common one each packet may wait a whole
/// time slice, 3 to 4 ms, for whoever has the core. Not real time (sched(7)): that puts aside whoever runs on its own core,
/// though another be idle, and was slower beside other work.</summary>
internal static class UrgentThread
{
    private const int Nice = -11;

    /// <summary>Raises the calling thread.</summary>
    /// <returns>False without CAP_SYS_NICE or a limit on niceness that allows it: it stays as it is.</returns>
    public static bool TryBecome()
    {
        // Its sleeps are otherwise rounded up by 50 µs.
        _ = Libc.ProcessControl(Libc.SetTimerSlack, 1);
        return Libc.SetPriority(Libc.PriorityProcess, 0, Nice) == 0;
    }
}
