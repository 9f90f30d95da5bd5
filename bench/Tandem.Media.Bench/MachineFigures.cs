using System.Globalization;

namespace Tandem.Media.Bench;

/// <summary>Seconds of all cores since the machine's start, from /proc/stat (proc(5)).</summary>
/// <param name="Busy">Whoever ran.</param>
/// <param name="Stolen">Taken by the host of a virtual machine.</param>
internal readonly record struct MachineFigures(double Busy, double Stolen)
{
    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Zeros where there is no /proc.</summary>
    public static MachineFigures Now()
    {
        if (!File.Exists("/proc/stat"))
            return default;
        using var stat = File.OpenText("/proc/stat");
        // cpu user nice system idle iowait irq softirq steal
        var ticks = stat.ReadLine()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(field => long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
        return new MachineFigures(ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[7]);
    }

    public static MachineFigures operator -(MachineFigures later, MachineFigures sooner) =>
        new(later.Busy - sooner.Busy, later.Stolen - sooner.Stolen);
}
