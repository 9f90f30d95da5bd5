namespace Tandem.Lab.Results;

/// <summary>A screen recording as RWS describes it. File is where the lab put its video.</summary>
public sealed record StoredScreen(
    string Id,
    string AgentId,
    DateTimeOffset Start,
    DateTimeOffset Stop,
    long DurationMs,
    string? EndReason,
    string? MediaUri,
    string State)
{
    public string? File { get; init; }
}
