using Tandem.Contracts.Cti;
using static Tandem.Lab.Scenarios.ScenarioStep;

namespace Tandem.Lab.Scenarios;

/// <summary>After-call work, work without a call, and what goes differently than planned.</summary>
internal static class MoreScenarios
{
    private const string C = "customer";

    private static readonly IReadOnlyList<ExpectedSegment> OneSegment = [new("U1", "a1", C, "a1")];
    private static readonly IReadOnlyList<ExpectedLink> OneLink = [new("a1", 1, "U1", "a1", "primary")];

    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("after-call-work", "The screen goes on until the agent has finished after-call work.")
        {
            Agents = 1,
            Steady = true,
            RecordAfterCallWork = true,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Agent("a1", "AfterCallWork"), Hangup(C), Talk(4), Agent("a1", "Ready"),
            ],
            Segments = OneSegment,
            Links = [.. OneLink, new("a1", 1, "U1", "a1", "acw")],
        },
        new("non-voice", "The screen is recorded while the agent is in a state, without a call.")
        {
            Agents = 1,
            RecordingWhen = "userState(AfterCallWork)",
            Steps = [Agent("a1", "AfterCallWork"), Talk(5), Agent("a1", "Ready")],
            Segments = [],
            Links = [new("a1", 1, "U1", null, "primary")],
        },
        new("hold", "The agent holds the customer and comes back.")
        {
            Agents = 1,
            Steps = [.. CommonSteps.AnsweredCall, Talk(5), Call("a1", "Hold"), Talk(3), Call("a1", "Retrieve"), Talk(5), Hangup(C)],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("pause", "The agent pauses the recording while the customer says what must not be kept.")
        {
            Agents = 1,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Call("a1", "PauseCallRecording"), Talk(3), Call("a1", "ResumeCallRecording"),
                Talk(5), Hangup(C),
            ],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("started-midway", "The call is recorded from the middle on, because the agent asks for it.")
        {
            Agents = 1,
            FullTime = false,
            Steady = true,
            Steps =
            [
                Dial(C, "a1"), Answer("a1"), Talk(3), Call("a1", "StartCallRecording"), Await("a1", CtiEventNames.Recording),
                Talk(6), Hangup(C),
            ],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("signs-out", "The agent signs out in the middle of a call: the screen ends, the voice goes on.")
        {
            Agents = 1,
            Steps = [.. CommonSteps.AnsweredCall, Talk(5), Do(StepKind.SignOut, "a1"), Talk(4), Hangup(C)],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("screen-service-lost", "The agent's SRS is killed in the middle of a call and comes back.")
        {
            Agents = 1,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(6), Do(StepKind.KillScreenService, "a1"), Talk(2),
                Do(StepKind.StartScreenService, "a1"), Talk(5), Hangup(C),
            ],
            Segments = OneSegment,
            Links = OneLink,
        },
        new("web-restarted", "RWS ends in the middle of a call and comes back before the call is over.")
        {
            Agents = 1,
            Steady = true,
            Steps =
            [
                .. CommonSteps.AnsweredCall, Talk(5), Do(StepKind.StopWeb), Talk(4), Do(StepKind.StartWeb), Talk(5), Hangup(C),
            ],
            Segments = OneSegment,
            Links = OneLink,
        },
    ];
}
