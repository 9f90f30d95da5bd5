using System.Text.Json;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>Segments and screens as the public API shows them.</summary>
internal static class MediaViews
{
    private const double UsPerMs = 1000;

    public static SegmentView Of(
        Segment row, IReadOnlyList<SegmentAgent> owners, IEnumerable<Segment> copies, Func<string, string> named)
    {
        var report = ReportOf(row);
        var there = IsThere(report);
        var others = row.OtherDns.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new SegmentView(
            row.SegmentId,
            row.Dn,
            // The channel's owner first: dn is a consultation's caller.
            [.. owners.OrderBy(owner => owner.Dn == row.Dn ? 0 : 1).Select(owner => owner.AgentId)],
            [row.Dn, string.Join('+', others)],
            Iso.Of(row.StartUs),
            Iso.Of(row.StopUs),
            row.StopUs is { } stopUs ? (stopUs - row.StartUs) / 1000 : null,
            row.EndReason,
            row.SegmentId + ".wav",
            there ? PlayUri(row) : null,
            there ? $"/api/v2/recordings/{row.CallUuid}/peaks/{row.SegmentId}.json" : null,
            report?.Pauses ?? [],
            report?.Holds ?? [],
            report?.Gaps ?? [],
            row.State,
            [.. copies.Select(copy => new SegmentCopyView(
                copy.SegmentId, copy.EndReason, IsThere(ReportOf(copy)) ? PlayUri(copy) : null, copy.State))]);
    }

    public static ScreenRecordingView Of(Screen row, string agentName)
    {
        var report = row.ReportJson is null ? null : JsonSerializer.Deserialize(row.ReportJson, ContractsJson.Default.ScreenCaptureReport);
        var first = report is { Parts: [var part, ..] } ? part : null;
        return new ScreenRecordingView(
            row.CaptureId,
            row.AgentId,
            agentName,
            Iso.Of(row.StartUs),
            Iso.Of(row.StopUs),
            row.StopUs is { } stopUs ? (stopUs - row.StartUs) / 1000 : null,
            row.EndReason,
            row.CaptureId + ".mp4",
            first is null ? null : ContentUri(row),
            first?.Codec,
            first?.Width,
            first?.Height,
            report?.Monitors ?? [],
            report is null ? [] : [.. report.Parts.Select(part => Of(report, part))],
            report is null ? [] : [.. ScreenTracks.Of(report).Select(monitor => Of(row, report, monitor))],
            report?.Pauses ?? [],
            report?.Gaps ?? [],
            Skew(report),
            row.State,
            row.Problem);
    }

    /// <summary>What MCP said of a segment; null: nothing yet.</summary>
    public static VoiceSegmentReport? ReportOf(Segment row) =>
        row.ReportJson is null ? null : JsonSerializer.Deserialize(row.ReportJson, ContractsJson.Default.VoiceSegmentReport);

    private static ScreenPartView Of(ScreenCaptureReport report, ScreenPart part) => new(
        part.StartMs, part.DurationMs, part.Width, part.Height, ScreenTracks.MonitorsOf(report, part), part.TrackPerMonitor);

    private static ScreenTrackView Of(Screen row, ScreenCaptureReport report, string monitor) => new(
        monitor, $"{ContentUri(row)}?monitor={Uri.EscapeDataString(monitor)}", ScreenTracks.GapsOf(report, monitor));

    private static string ContentUri(Screen row) => $"/api/v2/screen-recordings/{row.CaptureId}/content/{row.CaptureId}.mp4";

    private static bool IsThere(VoiceSegmentReport? report) => report is { Parts.Count: > 0 };

    private static string PlayUri(Segment row) => $"/api/v2/recordings/{row.CallUuid}/play/{row.SegmentId}.wav";

    /// <summary>The least advanced of several states; <c>none</c> of none.</summary>
    public static string Together(IReadOnlyCollection<string> states) =>
        states.Count == 0 ? "none"
        : states.Contains(MediaStates.Recording) ? MediaStates.Recording
        : states.Contains(MediaStates.Uploading) ? MediaStates.Uploading
        : states.Contains(MediaStates.Available) ? MediaStates.Available
        : MediaStates.Missing;

    // A list that a report leaves out arrives as null: generated JSON readers do not know the default of an init property.
    /// <summary>Half the delay of the best clock exchange bounds the error of its offset (RFC 5905 section 8).</summary>
    private static double? Skew(ScreenCaptureReport? report) =>
        report?.ClockSamples?.MinBy(sample => sample.DelayUs) is { } best ? Math.Round(best.DelayUs / 2 / UsPerMs, 3) : null;
}
