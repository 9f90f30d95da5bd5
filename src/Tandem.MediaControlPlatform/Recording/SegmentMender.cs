using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Safekeeping.Spooling;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Gives the segments that a crash left open their true end.</summary>
internal static class SegmentMender
{
    /// <returns>The last report with what the streams really hold, ended as truncated; null where there was none.</returns>
    public static SpoolReport? Mend(RecoveredOwner owner, ILogger log)
    {
        if (owner.Report is not { } last
            || JsonSerializer.Deserialize(last.Json, ContractsJson.Default.VoiceSegmentReport) is not { } report)
            return null;
        var held = HeldMedia.Mend(report, owner.Streams.ToDictionary(one => one.Sidecar.StreamId, one => one.Scan.PlaintextLength), []);
        var endMs = held.Parts.Count == 0 ? 0 : held.Parts.Max(part => part.StartMs + part.DurationMs);
        var mended = held with
        {
            StopUs = report.StartUs + (endMs * 1000),
            Pauses = Cut(held.Pauses, endMs),
            Holds = Cut(held.Holds, endMs),
            Gaps = Cut(held.Gaps, endMs),
            EndReason = EndReason.Truncated,
        };
        RecordingLog.Recovered(log, report.SegmentId, mended.StopUs);
        return last with { Json = JsonSerializer.SerializeToUtf8Bytes(mended, ContractsJson.Default.VoiceSegmentReport) };
    }

    // A pause that was open when the recorder died went on to the end of what there is.
    private static List<MediaInterval> Cut(IReadOnlyList<MediaInterval> intervals, long endMs) =>
        [.. intervals.Where(one => one.StartMs < endMs)
            .Select(one => one with { StopMs = one.StopMs <= one.StartMs ? endMs : Math.Min(one.StopMs, endMs) })];
}
