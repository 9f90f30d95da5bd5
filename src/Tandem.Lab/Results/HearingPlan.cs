using Tandem.Contracts.Cti;
using Tandem.Lab.World;

namespace Tandem.Lab.Results;

/// <summary>Who must hear whom when, by what the CTI events say: parties of one call hear each other while all of them
/// talk; who is held hears nobody.</summary>
internal static class HearingPlan
{
    /// <summary>By party, its spans in order of time without holes between them.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<HearingSpan>> Of(IEnumerable<CtiEvent> events, IReadOnlyCollection<string> parties)
    {
        var talking = new HashSet<(string Call, string Party)>();
        var spans = parties.ToDictionary(party => party, _ => new List<HearingSpan>());
        foreach (var batch in events.Where(e => e.ConnID is not null && e.ThisDN is not null).GroupBy(e => e.Time))
        {
            foreach (var e in batch)
                Apply(e, Parties.OfDn(e.ThisDN!), talking);
            foreach (var (party, list) in spans)
                Extend(list, new HearingSpan(batch.Key.ToUnixTimeMilliseconds(), long.MaxValue, HeardBy(party, talking)));
        }
        return spans.ToDictionary(one => one.Key, IReadOnlyList<HearingSpan> (one) => one.Value);
    }

    private static void Apply(CtiEvent e, string party, HashSet<(string Call, string Party)> talking)
    {
        switch (e.Name)
        {
            case CtiEventNames.Established or CtiEventNames.Retrieved:
                talking.Add((e.ConnID!, party));
                break;
            case CtiEventNames.Held or CtiEventNames.Released or CtiEventNames.Abandoned:
                talking.Remove((e.ConnID!, party));
                break;
            case CtiEventNames.PartyChanged when e.PreviousConnID is not null:
                talking.Remove((e.PreviousConnID, party));
                talking.Add((e.ConnID!, party));
                break;
        }
    }

    private static string HeardBy(string party, HashSet<(string Call, string Party)> talking)
    {
        var calls = talking.Where(one => one.Party == party).Select(one => one.Call).ToHashSet();
        return string.Join('+', talking.Where(one => one.Party != party && calls.Contains(one.Call)).Select(one => one.Party)
            .Distinct().Order(StringComparer.Ordinal));
    }

    private static void Extend(List<HearingSpan> list, HearingSpan next)
    {
        if (list.Count > 0 && list[^1].Who == next.Who)
            return;
        if (list.Count > 0)
            list[^1] = list[^1] with { ToMs = next.FromMs };
        list.Add(next);
    }
}
