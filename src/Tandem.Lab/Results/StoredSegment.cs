namespace Tandem.Lab.Results;

/// <summary>A voice segment as RWS describes it. File is where the lab put its audio.</summary>
public sealed record StoredSegment(
    string Id,
    string Dn,
    IReadOnlyList<string> Agents,
    IReadOnlyList<string> Channels,
    DateTimeOffset Start,
    DateTimeOffset Stop,
    long DurationMs,
    string? EndReason,
    string? MediaUri,
    string State)
{
    public string? File { get; init; }
}
