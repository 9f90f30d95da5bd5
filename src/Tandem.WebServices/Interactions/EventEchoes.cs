namespace Tandem.WebServices.Interactions;

/// <summary>Two recorders of one call each tell what happens in it; the lane shows it once.</summary>
internal static class EventEchoes
{
    private const long WithinUs = 2_000_000;

    /// <param name="lane">In the order of time.</param>
    public static IEnumerable<CallEvent> Without(IReadOnlyList<CallEvent> lane)
    {
        var kept = new List<CallEvent>();
        foreach (var line in lane)
        {
            if (!kept.Exists(before => IsEcho(before, line)))
            {
                kept.Add(line);
            }
        }

        return kept;
    }

    private static bool IsEcho(CallEvent before, CallEvent line) =>
        (before.Source, before.Epoch) != (line.Source, line.Epoch)
        && line.TimeUs - before.TimeUs < WithinUs
        && (before.Name, before.Dn, before.OtherDn, before.Detail) == (line.Name, line.Dn, line.OtherDn, line.Detail);
}
