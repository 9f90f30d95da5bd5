namespace Tandem.Sip.Siprec;

/// <summary>Recording metadata (RFC 7865), reduced to what a recorder needs.</summary>
public sealed record SiprecMetadata
{
    /// <summary>True for a snapshot of everything, false for a change (datamode partial).</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The communication sessions (calls) being recorded.</summary>
    public IReadOnlyList<SiprecSession> Sessions { get; init; } = [];

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<SiprecParticipant> Participants { get; init; } = [];

    /// <summary>The media streams.</summary>
    public IReadOnlyList<SiprecStream> Streams { get; init; } = [];

    /// <summary>True when nobody sends a stream. Only as a change it means a pause: some vendors never say who sends.</summary>
    public bool IsNothingSent => Participants.All(participant => participant.Sends.Count == 0);

    /// <summary>This metadata after an update (RFC 7865 §5.1.1): a snapshot replaces all, a partial one adds and changes what
    /// it names.</summary>
    public SiprecMetadata With(SiprecMetadata update) => update.IsComplete ? update : this with
    {
        Sessions = Merge(Sessions, update.Sessions, one => one.Id, (_, now) => now),
        Streams = Merge(Streams, update.Streams, one => one.Id, (_, now) => now),
        Participants = Merge(Participants, update.Participants, one => one.Id, (before, now) => before.With(now)),
    };

    /// <summary>The metadata as XML.</summary>
    public string ToXml() => SiprecMetadataWriter.Write(this);

    private static List<T> Merge<T>(IReadOnlyList<T> before, IReadOnlyList<T> update, Func<T, string> id, Func<T, T, T> change)
    {
        var merged = before.ToList();
        foreach (var now in update)
        {
            var at = merged.FindIndex(one => id(one) == id(now));
            if (at < 0) merged.Add(now);
            else merged[at] = change(merged[at], now);
        }
        return merged;
    }
}
