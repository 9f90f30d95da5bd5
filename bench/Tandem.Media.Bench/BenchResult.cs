using System.Globalization;

namespace Tandem.Media.Bench;

/// <summary>One recorder under load.</summary>
/// <param name="Lost">Packets that were sent and not relayed; not recorded where nothing is relayed.</param>
/// <param name="MemoryBytes">Beyond what the program had before the calls.</param>
/// <param name="Inside">What only our own program can tell.</param>
internal sealed record BenchResult(
    string Name, int Calls, double CpuSeconds, long Lost, long MemoryBytes, LoadResult Load, InsideFigures? Inside)
{
    public double CpuSecondsPerCallHour(BenchOptions options) => CpuSeconds / (Calls * options.Seconds / 3600.0);

    public string Line(BenchOptions options)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = string.Create(culture,
            $"{Name,-22} {Calls} calls: {CpuSeconds / Load.Seconds:0.000} cores for {Load.Seconds:0.0} s, {CpuSecondsPerCallHour(options):0.00} CPU s a call-hour, "
            + $"{Load.Sent / Math.Max(CpuSeconds, 0.001):0} packets/s per core, {Lost} of {Load.Sent} packets lost, "
            + $"{MemoryBytes / 1024.0 / Calls:0} KiB a call; generator {Load.CpuSeconds / Load.Seconds:0.000} cores, {Load.LateSends} sent late; "
            + $"others {(Load.Machine.Busy - CpuSeconds - Load.CpuSeconds) / Load.Seconds:0.00} cores, host {Load.Machine.Stolen / Load.Seconds:0.00}");
        if (Load.Back > 0)
            text += string.Create(culture, $"; delay p50 {Load.DelayP50Us} p99 {Load.DelayP99Us} most {Load.DelayMostUs} µs");
        if (Inside is { } inside)
            text += string.Create(culture,
                $"; {inside.AllocatedPerPacket:0.0} bytes allocated a packet on the media thread, {inside.AllocatedPerRecord:0} a record in all, "
                + $"{inside.WritesPerSecond:0} disk writes/s");
        return text;
    }
}
