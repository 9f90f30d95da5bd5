namespace Tandem.Lab.Results;

/// <param name="Agents">Who owns the segment: both for a consultation, <paramref name="Dn"/> being its caller's.</param>
/// <param name="Channels">Who is on channel 1 and 2, such as <c>a1</c> and <c>a2+customer</c>.</param>
public sealed record SimSegment(
    string Id,
    string Dn,
    IReadOnlyList<string> Agents,
    IReadOnlyList<string> Channels,
    string Start,
    string Stop,
    string? File,
    long DurationMs);
