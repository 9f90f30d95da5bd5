using Tandem.Contracts.Media;
using Tandem.Media.Mp4;

namespace Tandem.WebServices.Interactions;

/// <summary>Which monitor a capture shows where: its parts put monitors into one picture or give each a track, and monitors
/// come and go between them. A monitor is known by its name.</summary>
internal static class ScreenTracks
{
    /// <summary>The track of all monitors in one picture.</summary>
    public const string Whole = "Screen";

    public const string NotConnected = "not-connected";
    public const string OnePicture = "one-picture";

    /// <summary>The monitors of a part, no two of one name. A device that says nothing of its parts tells how the monitors
    /// were at the beginning, which holds for parts of the same size.</summary>
    public static IReadOnlyList<MonitorGeometry> MonitorsOf(ScreenCaptureReport report, ScreenPart part)
    {
        var first = report.Parts[0];
        var alike = part.Width == first.Width && part.Height == first.Height;
        var named = new List<MonitorGeometry>();
        foreach (var monitor in part.Monitors ?? (alike ? report.Monitors : null) ?? [])
        {
            var name = monitor.Name;
            for (var i = 2; named.Exists(other => other.Name == name); i++)
            {
                name = $"{monitor.Name} ({i})";
            }

            named.Add(monitor with { Name = name });
        }

        return named;
    }

    /// <summary>Names of the monitors that have a track, in the order of their coming.</summary>
    public static IReadOnlyList<string> Of(ScreenCaptureReport report) =>
        [.. report.Parts.Where(part => part.TrackPerMonitor).SelectMany(part => MonitorsOf(report, part)).Select(monitor => monitor.Name).Distinct()];

    /// <summary>Why there is no track of <paramref name="monitor"/>; null: there is one.</summary>
    public static string? WhyNot(ScreenCaptureReport report, string monitor) => Of(report) switch
    {
        [] => $"Recording {report.CaptureId} shows all monitors in one picture: ask for it without monitor.",
        var names when !names.Contains(monitor) =>
            $"Recording {report.CaptureId} has no monitor {monitor}; it has {string.Join(", ", names)}.",
        _ => null,
    };

    /// <summary>When a monitor's track is black, and why.</summary>
    public static IReadOnlyList<MediaInterval> GapsOf(ScreenCaptureReport report, string monitor)
    {
        var gaps = new List<MediaInterval>();
        for (var i = 0; i < report.Parts.Count; i++)
        {
            var part = report.Parts[i];
            var there = MonitorsOf(report, part).Any(each => each.Name == monitor);
            if (there && part.TrackPerMonitor)
            {
                continue;
            }

            var cause = there ? OnePicture : NotConnected;
            var stopMs = i + 1 < report.Parts.Count ? report.Parts[i + 1].StartMs : part.StartMs + part.DurationMs;
            if (gaps.Count > 0 && gaps[^1].StopMs == part.StartMs && gaps[^1].Cause == cause)
            {
                gaps[^1] = gaps[^1] with { StopMs = stopMs };
            }
            else
            {
                gaps.Add(new MediaInterval(part.StartMs, stopMs, cause));
            }
        }

        return gaps;
    }

    /// <summary>What a part's stream holds, under the names of its monitors.</summary>
    public static IReadOnlyList<PartTrack> Named(ScreenCaptureReport report, ScreenPart part, FragmentScan scan)
    {
        var monitors = part.TrackPerMonitor ? MonitorsOf(report, part) : [];
        return [.. scan.Tracks.Take(part.TrackPerMonitor ? monitors.Count : 1)
            .Select((track, i) => new PartTrack(track with { Name = part.TrackPerMonitor ? monitors[i].Name : Whole }, scan.Samples(i)))];
    }

    /// <summary>Names of all tracks; that of all monitors first, for a browser shows a file's first track.</summary>
    public static IReadOnlyList<string> InOrder(IEnumerable<ProgressivePart> parts) =>
        [.. parts.SelectMany(part => part.Tracks).Select(track => track.Track.Name).Distinct().OrderBy(name => name == Whole ? 0 : 1)];
}
