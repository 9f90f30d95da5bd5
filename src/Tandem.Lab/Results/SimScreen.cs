namespace Tandem.Lab.Results;

/// <param name="Start">The time of the first frame.</param>
/// <param name="EndReason">One of the closed list of <c>Contracts.Media.EndReason</c>.</param>
public sealed record SimScreen(
    string Id, string AgentId, string Start, string Stop, string? File, long DurationMs, string? EndReason);
