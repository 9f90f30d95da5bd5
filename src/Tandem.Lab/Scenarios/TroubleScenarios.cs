using Tandem.Contracts.Cti;
using static Tandem.Lab.Scenarios.ScenarioStep;

namespace Tandem.Lab.Scenarios;

/// <summary>Transfers that come to nothing, two calls at one phone, a call of another company's switch, a lost MCP.</summary>
internal static class TroubleScenarios
{
    private const string C = "customer";
    private const string C2 = "customer2";

    private static readonly IReadOnlyList<ExpectedSegment> OneSegment = [new("U1", "a1", C, "a1")];
    private static readonly IReadOnlyList<ExpectedLink> OneLink = [new("a1", 1, "U1", "a1", "primary")];

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("consult-cancelled", "The agent calls another for advice and goes back before he answers.")
        {
            Agents = 2,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(4), Call("a1", "InitiateTransfer", "a2"), Await("a2", CtiEventNames.Ringing),
                Talk(1), Call("a1", "Reconnect"), Talk(4), Hangup(C),
            ],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("consult-ended", "The agent takes another's advice and goes back to the customer without handing him over.")
        {
            Agents = 2,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(4), Call("a1", "InitiateTransfer", "a2"), Answer("a2"), Talk(6),
                Call("a1", "Reconnect"), Talk(4), Hangup(C),
            ],
            Segments = [.. OneSegment, new("U2", "a1", "a2", "a1+a2")],
            Links = [.. OneLink, new("a1", 1, "U2", "a1", "overlap"), new("a2", 1, "U2", "a1", "primary")],
        },
        Refused("transfer-refused", "The other agent declines the transfer; the customer stays with the first.", Refuse("a2", 603)),
        Refused("transfer-busy", "The other agent is busy; the customer stays with the first.", Refuse("a2", 486)),
        Refused(
            "transfer-unanswered", "The other agent does not answer; the customer stays with the first.",
            Await("a2", CtiEventNames.Released)) with { RingSeconds = 6 },
        new("two-calls", "The agent holds one customer, takes another, and comes back to the first.")
        {
            Agents = 1,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Call("a1", "Hold"), Dial(C2, "a1"), Answer("a1"), Talk(6), Hangup(C2), Talk(1),
                Call("a1", "Retrieve"), Talk(5), Hangup(C),
            ],
            Segments = [.. OneSegment, new("U2", "a1", C2, "a1")],
            Links = [.. OneLink, new("a1", 1, "U2", "a1", "overlap")],
        },
        new("siprec", "Another company's SBC carries the call and forks it to MCP (SIPREC): voice and screen are recorded all the same.")
        {
            Agents = 1,
            Steady = true,
            Steps = [Fork("a1", C), Talk(8), Do(StepKind.EndFork)],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("media-platform-lost", "MCP is killed in the middle of a call and comes back: the call goes on, and is recorded again.")
        {
            Agents = 1,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(7), Do(StepKind.KillMcp), Talk(9), Do(StepKind.StartMcp), Talk(13), Hangup(C),
            ],
            Segments = [.. OneSegment, .. OneSegment],
            Links = [.. OneLink, new("a1", 2, "U1", "a1", "primary")],
        },
    ];

    private static Scenario Refused(string name, string summary, ScenarioStep refusal) => new(name, summary)
    {
        Agents = 2,
        Steps =
        [
            .. CommonSteps.AnsweredCall, Talk(4), Call("a1", "SingleStepTransfer", "a2"), refusal, Talk(4), Hangup(C),
        ],
        Segments = OneSegment,
        Links = OneLink,
    };
}
