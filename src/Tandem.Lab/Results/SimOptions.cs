using Tandem.Lab.Network;
using Tandem.Lab.Scenarios;

namespace Tandem.Lab.Results;

/// <summary>How a scenario is to be simulated.</summary>
/// <param name="OutFolder">For the unsealed media; null: they are judged and thrown away.</param>
/// <param name="DataFolder">Kept afterwards; null: a temporary one, removed.</param>
public sealed record SimOptions(Scenario Scenario, string? OutFolder, string? DataFolder, Impairment? Impairment);
