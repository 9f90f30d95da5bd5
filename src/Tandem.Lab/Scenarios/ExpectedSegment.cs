namespace Tandem.Lab.Scenarios;

/// <summary>A voice segment that must come of a scenario.</summary>
/// <param name="Call"><c>U1</c> is the first call of the scenario, <c>U2</c> the second.</param>
/// <param name="Dn">The party whose DN is recorded, on channel 1.</param>
/// <param name="Other">Who is on channel 2, in alphabetical order joined by <c>+</c>.</param>
/// <param name="Agents">Who owns it, joined by <c>+</c>.</param>
public sealed record ExpectedSegment(string Call, string Dn, string Other, string Agents);
