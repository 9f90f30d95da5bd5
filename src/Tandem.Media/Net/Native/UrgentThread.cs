namespace Tandem.Media.Net.Native;

/// <summary>Real time for the thread that moves packets (sched(7)), as softswitches ask for it: without it each packet may wait
/// a whole time slice, 3 to 4 ms, for whoever has the core. Needs CAP_SYS_NICE or a limit on real-time priority.</summary>
internal static unsafe class UrgentThread
{
    private const int LeastRealTime = 1;
    private const int Nice = -11;

    /// <summary>Raises the calling thread: real time where that is allowed and another core is left for everybody else; else a
    /// better niceness; else it stays as it is.</summary>
    public static void Become()
    {
        // Sleeps are otherwise rounded up by 50 µs.
        _ = Libc.ProcessControl(Libc.SetTimerSlack, 1);
        var mode = Environment.GetEnvironmentVariable("TSCHED") ?? "rr";
        if (mode == "none") return;
        if (mode is "slice" or "nice" or "sliceonly")
        {
            if (mode != "sliceonly") _ = Libc.SetPriority(Libc.PriorityProcess, 0, Nice);
            if (mode != "nice")
            {
                var attr = stackalloc byte[56];
                new Span<byte>(attr, 56).Clear();
                *(uint*)attr = 56;
                *(int*)(attr + 16) = mode == "slice" ? Nice : 0;
                *(ulong*)(attr + 24) = 100_000;
                Console.Error.WriteLine("sched_setattr " + Libc.Syscall(314, 0, (nint)attr, 0));
            }
            return;
        }
        var priority = LeastRealTime;
        // Threads that the runtime begins from this one are ordinary ones.
        if (Environment.ProcessorCount > 1
            && Libc.SetScheduler(0, Libc.SchedRoundRobin | Libc.SchedResetOnFork, &priority) == 0)
            return;
        _ = Libc.SetPriority(Libc.PriorityProcess, 0, Nice);
    }
}
