namespace Tandem.SipServer.Calls;

/// <summary>Decides which voice segments a call needs (docs/mapping.md). A segment is one recorded DN's stay; a call
/// whose only parties are two recorded DNs is written once, owned by its caller and covering both. When a third party
/// joins, the shared segment goes on as its owner's and the other DN gets one of its own.</summary>
internal static class SegmentPlan
{
    /// <summary>Compares what is written with what should be. Pure.</summary>
    public static SegmentChanges Judge(Call call, IReadOnlyCollection<Segment> running)
    {
        var wanting = call.Parties.Where(party => party.Local && party.IsUp && party.WantsRecording).ToArray();
        var stop = running.Where(segment => wanting.All(party => party.Dn != segment.Owner)).ToArray();
        var kept = running.Except(stop).ToArray();
        var alone = call.Parties.Count == 2 && call.Parties.All(party => party.IsUp);
        if (alone && wanting.Length == 2)
        {
            var uncovered = wanting.Where(party => kept.All(segment => !segment.Covers(party.Dn))).ToArray();
            return uncovered.Length switch
            {
                0 => new SegmentChanges([], stop),
                1 => new SegmentChanges([new SegmentWish(uncovered[0].Dn, null)], stop),
                _ => new SegmentChanges([Shared(wanting)], stop),
            };
        }

        var start = wanting
            .Where(party => kept.All(segment => segment.Owner != party.Dn && !(alone && segment.Covers(party.Dn))))
            .Select(party => new SegmentWish(party.Dn, null))
            .ToArray();
        return new SegmentChanges(start, stop);
    }

    private static SegmentWish Shared(Party[] both)
    {
        var caller = Array.Find(both, party => party.Caller) ?? both[0];
        return new SegmentWish(caller.Dn, both.First(party => party != caller).Dn);
    }
}
