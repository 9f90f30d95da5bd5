namespace Tandem.Lab.Results;

/// <summary>An interaction as RWS describes it.</summary>
public sealed record StoredInteraction(
    string CallUuid,
    string Kind,
    DateTimeOffset Start,
    IReadOnlyList<StoredSegment> Segments,
    IReadOnlyList<StoredScreen> Screens,
    IReadOnlyList<SimLink> Links)
{
    public bool IsAvailable => Segments.All(s => s.State == "available") && Screens.All(s => s.State == "available");
}
