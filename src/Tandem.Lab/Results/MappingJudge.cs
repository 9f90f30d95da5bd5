using Tandem.Lab.Scenarios;
using Tandem.Lab.World;

namespace Tandem.Lab.Results;

/// <summary>Compares what was stored and linked with what must come of the scenario.</summary>
public static class MappingJudge
{
    /// <returns>One sentence per difference; none when all is right.</returns>
    public static IReadOnlyList<string> Judge(Scenario scenario, IReadOnlyList<StoredInteraction> stored)
    {
        var calls = stored.Select((interaction, at) => (interaction.CallUuid, Label: $"U{at + 1}"))
            .ToDictionary(pair => pair.CallUuid, pair => pair.Label);
        var segments = stored.SelectMany(interaction => interaction.Segments, (interaction, segment) => (interaction, segment)).ToArray();
        var found = segments.Select(at => new ExpectedSegment(
            calls[at.interaction.CallUuid],
            Parties.OfDn(at.segment.Dn),
            ChannelName(at.segment.Channels.Skip(1)),
            string.Join('+', at.segment.Agents.Order(StringComparer.Ordinal))));
        var problems = new List<string>();
        Compare("segment", scenario.Segments, [.. found], problems);
        Compare("link", scenario.Links, LinksOf(stored, calls), problems);
        foreach (var (_, segment) in segments.Where(at => at.segment.DurationMs < 4000))
            problems.Add($"segment {segment.Id} lasts {segment.DurationMs} ms, less than 4 s");
        return problems;
    }

    /// <summary>Parties in alphabetical order; RWS names each DN of a mixed channel.</summary>
    public static string ChannelName(IEnumerable<string> dns) => string.Join('+', dns
        .SelectMany(dn => dn.Split('+'))
        .Select(Parties.OfDn)
        .Order(StringComparer.Ordinal));

    private static List<ExpectedLink> LinksOf(
        IReadOnlyList<StoredInteraction> stored, Dictionary<string, string> calls)
    {
        var screens = stored.SelectMany(interaction => interaction.Screens).DistinctBy(screen => screen.Id).ToArray();
        var dns = stored.SelectMany(interaction => interaction.Segments).ToDictionary(s => s.Id, s => Parties.OfDn(s.Dn));
        var links = new List<ExpectedLink>();
        foreach (var link in stored.SelectMany(interaction => interaction.Links).Distinct())
        {
            var screen = screens.FirstOrDefault(candidate => candidate.Id == link.ScreenId);
            var number = screens.Where(s => s.AgentId == screen?.AgentId).OrderBy(s => s.Start).ToList().IndexOf(screen!) + 1;
            links.Add(new ExpectedLink(
                screen?.AgentId ?? "nobody",
                number,
                calls.GetValueOrDefault(link.CallUuid, link.CallUuid),
                link.SegmentId is null ? null : dns.GetValueOrDefault(link.SegmentId, link.SegmentId),
                link.Relation));
        }
        return links;
    }

    private static void Compare<T>(string what, IReadOnlyList<T> wanted, IReadOnlyList<T> found, List<string> problems)
    {
        foreach (var missing in Without(wanted, found))
            problems.Add($"missing {what}: {missing}");
        foreach (var extra in Without(found, wanted))
            problems.Add($"unexpected {what}: {extra}");
    }

    private static T[] Without<T>(IReadOnlyList<T> all, IReadOnlyList<T> taken)
    {
        var left = taken.ToList();
        return all.Where(item => !left.Remove(item)).ToArray();
    }
}
