using Tandem.Contracts.Cti;
using static Tandem.Lab.Scenarios.ScenarioStep;

namespace Tandem.Lab.Scenarios;

/// <summary>Steps that many scenarios begin with.</summary>
internal static class CommonSteps
{
    /// <summary>The customer calls the first agent, who answers; recording is on when the steps end.</summary>
    internal static IReadOnlyList<ScenarioStep> AnsweredCall { get; } =
        [Dial("customer", "a1"), Answer("a1"), Await("a1", CtiEventNames.Recording)];
}
