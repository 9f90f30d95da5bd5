using static Tandem.Lab.Scenarios.ScenarioStep;

namespace Tandem.Lab.Scenarios;

/// <summary>A plain call, and the four ways in which a second agent comes in.</summary>
internal static class TransferScenarios
{
    private const string C = "customer";

    private static readonly ExpectedSegment Consultation = new("U2", "a1", "a2", "a1+a2");

    /// <summary>Agent 1 with the consultation he made; agent 2 with the consultation first, then his part of the call.</summary>
    private static readonly IReadOnlyList<ExpectedLink> ConsultLinks =
    [
        new("a1", 1, "U1", "a1", "primary"),
        new("a1", 1, "U2", "a1", "overlap"),
        new("a2", 1, "U2", "a1", "primary"),
        new("a2", 1, "U1", "a2", "overlap"),
    ];

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("simple", "A customer calls an agent.")
        {
            Agents = 1,
            Steady = true,
            Steps = [.. CommonSteps.AnsweredCall, Talk(6), Hangup(C)],
            Segments = [new("U1", "a1", C, "a1")],
            Links = [new("a1", 1, "U1", "a1", "primary")],
        },
        new("single-step-transfer", "The agent hands the call to another without asking first.")
        {
            Agents = 2,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Call("a1", "SingleStepTransfer", "a2"), Answer("a2"), Talk(6), Hangup(C),
            ],
            Segments = [new("U1", "a1", C, "a1"), new("U1", "a2", C, "a2")],
            Links = [new("a1", 1, "U1", "a1", "primary"), new("a2", 1, "U1", "a2", "primary")],
        },
        new("two-step-transfer", "The agent asks another first, then hands the call over.")
        {
            Agents = 2,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Call("a1", "InitiateTransfer", "a2"), Answer("a2"), Talk(5),
                Call("a1", "CompleteTransfer"), Talk(6), Hangup(C),
            ],
            Segments = [new("U1", "a1", C, "a1"), Consultation, new("U1", "a2", C, "a2")],
            Links = ConsultLinks,
        },
        new("single-step-conference", "The agent adds another to the call without asking first.")
        {
            Agents = 2,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Call("a1", "SingleStepConference", "a2"), Answer("a2"), Talk(6), Hangup(C),
                // The agents are still together when the customer has gone.
                Hangup("a1"),
            ],
            Segments = [new("U1", "a1", $"a2+{C}", "a1"), new("U1", "a2", $"a1+{C}", "a2")],
            Links = [new("a1", 1, "U1", "a1", "primary"), new("a2", 1, "U1", "a2", "primary")],
        },
        new("two-step-conference", "The agent asks another first, then brings all together.")
        {
            Agents = 2,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Call("a1", "InitiateConference", "a2"), Answer("a2"), Talk(5),
                Call("a1", "CompleteConference"), Talk(6), Hangup(C), Hangup("a1"),
            ],
            Segments = [new("U1", "a1", $"a2+{C}", "a1"), Consultation, new("U1", "a2", $"a1+{C}", "a2")],
            Links = ConsultLinks,
        },
    ];
}
