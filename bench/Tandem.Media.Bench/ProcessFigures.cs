using System.Diagnostics;

namespace Tandem.Media.Bench;

/// <summary>What the system says of a process now.</summary>
internal static class ProcessFigures
{
    /// <summary>User and system time so far.</summary>
    public static TimeSpan Cpu(this Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }
}
