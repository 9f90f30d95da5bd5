using System.Globalization;
using Tandem.Lab.World;

namespace Tandem.Lab.Results;

/// <summary>Writes a result as the one line of JSON that programs read.</summary>
internal static class ResultWriter
{
    internal static SimResult Write(
        string scenario,
        IReadOnlyList<StoredInteraction> stored,
        IReadOnlyList<StoredSegment> segments,
        IReadOnlyList<StoredScreen> screens,
        SimTimings timings,
        double? skewMs,
        IReadOnlyList<string> problems) => new()
        {
            Scenario = scenario,
            Ok = problems.Count == 0,
            Interactions = [.. stored.Select(interaction => new SimInteraction(
                interaction.CallUuid,
                interaction.Kind,
                [.. interaction.Segments.Select(segment => Segment(segments.First(taken => taken.Id == segment.Id)))]))],
            Screens = [.. screens.Select(screen => new SimScreen(
                screen.Id, screen.AgentId, Time(screen.Start), Time(screen.Stop), screen.File, screen.DurationMs, screen.EndReason))],
            Links = [.. stored.SelectMany(interaction => interaction.Links).Distinct()],
            Timings = timings,
            SkewMs = skewMs,
            Problems = problems.Count == 0 ? null : problems,
        };

    private static SimSegment Segment(StoredSegment segment) => new(
        segment.Id,
        segment.Dn,
        [.. segment.Agents.Order(StringComparer.Ordinal)],
        [MappingJudge.ChannelName(segment.Channels.Take(1)), MappingJudge.ChannelName(segment.Channels.Skip(1))],
        Time(segment.Start),
        Time(segment.Stop),
        segment.File,
        segment.DurationMs);

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
