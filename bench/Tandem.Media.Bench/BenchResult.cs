using System.Globalization;

namespace Tandem.Media.Bench;

/// <summary>One recorder under load.</summary>
/// <param name="Sent">Packets the generator sent.</param>
/// <param name="Relayed">Packets that came back to the generator.</param>
/// <param name="AllocatedPerPacket">Managed bytes; null for a program of another kind.</param>
internal sealed record BenchResult(
    double CpuSeconds, long Sent, long Relayed, long MemoryBytes, double? AllocatedPerPacket, double? WritesPerSecond)
{
    public string Line(string name, BenchOptions options)
    {
        var hours = options.Calls * options.Seconds / 3600.0;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{name,-12} {CpuSeconds:0.00} CPU s ({CpuSeconds / options.Seconds:0.000} cores, {CpuSeconds / hours:0.0} s a call-hour), "
            + $"{Sent / Math.Max(CpuSeconds, 0.001):0} packets/s per core, {Sent - Relayed} of {Sent} packets not relayed, "
            + $"{MemoryBytes / 1024 / options.Calls} KiB a call");
        if (AllocatedPerPacket is { } bytes)
            text += string.Create(CultureInfo.InvariantCulture, $", {bytes:0.0} bytes allocated a packet (records included)");
        if (WritesPerSecond is { } writes)
            text += string.Create(CultureInfo.InvariantCulture, $", {writes:0} records/s to disk");
        return text;
    }
}
