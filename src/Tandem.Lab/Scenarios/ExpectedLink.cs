namespace Tandem.Lab.Scenarios;

/// <summary>A link that must come of a scenario.</summary>
/// <param name="Agent">Whose screen.</param>
/// <param name="Screen">Which of that agent's screens, from 1.</param>
/// <param name="Call">As in <see cref="ExpectedSegment"/>.</param>
/// <param name="Dn">Whose segment of that call; null where the link has none.</param>
public sealed record ExpectedLink(string Agent, int Screen, string Call, string? Dn, string Relation);
