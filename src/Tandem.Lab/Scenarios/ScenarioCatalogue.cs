using Tandem.Contracts.Cti;
using static Tandem.Lab.Scenarios.ScenarioStep;

namespace Tandem.Lab.Scenarios;

/// <summary>The scenarios that <c>tandem sim</c> plays. The first seven are those of the architecture's mapping table.</summary>
public static class ScenarioCatalogue
{
    private const string C = "customer";
    public static IReadOnlyList<Scenario> All { get; } = [.. TransferScenarios.All, .. MoreScenarios.All];

    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    /// <summary>The customer calls the first agent, who answers; recording is on when the steps end.</summary>
    internal static IReadOnlyList<ScenarioStep> AnsweredCall { get; } =
        [Dial(C, "a1"), Answer("a1"), Await("a1", CtiEventNames.Recording)];
}
