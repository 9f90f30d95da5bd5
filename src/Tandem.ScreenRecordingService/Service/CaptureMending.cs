using System.Text.Json;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Safekeeping.Spooling;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Makes a report of what a service left behind: the last one it put down, its end brought to what is really
/// there.</summary>
internal static class CaptureMending
{
    public static ScreenCaptureReport? Read(RecoveredOwner owner) =>
        owner.Report is { } last && JsonSerializer.Deserialize(last.Json, ContractsJson.Default.ScreenCaptureReport) is { } report
            ? Mend(report, owner)
            : null;

    public static SpoolReport? ToSpool(ScreenCaptureReport? report, RecoveredOwner owner) => report is null
        ? null
        : new SpoolReport(owner.Report!.Path, JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Default.ScreenCaptureReport));

    private static ScreenCaptureReport Mend(ScreenCaptureReport report, RecoveredOwner owner)
    {
        // By the clock that nobody sets.
        var lengths = owner.Streams.Where(s => s.Scan.Records.Count > 0).ToDictionary(
            s => s.Sidecar.StreamId, s => (s.Scan.Records[^1].Header.MonotonicUs - s.Scan.Records[0].Header.MonotonicUs) / 1_000);
        var parts = report.Parts
            .Select(p => lengths.TryGetValue(p.StreamId, out var ms) ? p with { DurationMs = Math.Max(p.DurationMs, ms) } : p).ToArray();
        var stopUs = parts.Length == 0 ? report.StopUs : report.StartUs + (parts[^1].StartMs + parts[^1].DurationMs) * 1_000;
        var reason = report.EndReason == EndReason.ShutDown ? EndReason.ShutDown : EndReason.Truncated;
        return report with { Parts = parts, StopUs = Math.Max(stopUs, report.StartUs), EndReason = reason };
    }
}
