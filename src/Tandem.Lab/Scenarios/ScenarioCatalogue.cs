namespace Tandem.Lab.Scenarios;

/// <summary>The scenarios that <c>tandem sim</c> plays: those of the architecture's mapping table, and more.</summary>
public static class ScenarioCatalogue
{
    public static IReadOnlyList<Scenario> All { get; } = [.. TransferScenarios.All, .. MoreScenarios.All, .. TroubleScenarios.All];

    /// <summary>Null when there is none of that name.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
