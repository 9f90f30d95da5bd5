namespace Tandem.Lab.Results;

/// <param name="Kind"><c>voice</c> or <c>non-voice</c>.</param>
public sealed record SimInteraction(string CallUuid, string Kind, IReadOnlyList<SimSegment> Segments);
