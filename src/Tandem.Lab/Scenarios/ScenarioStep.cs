namespace Tandem.Lab.Scenarios;

/// <summary>One step; see <see cref="StepKind"/> for what each property means to it.</summary>
/// <param name="Who">A party: <c>customer</c>, <c>customer2</c>, <c>a1</c>, <c>a2</c>, <c>a3</c>; empty for steps of nobody.</param>
public sealed record ScenarioStep(
    StepKind Kind, string Who = "", string? Other = null, string? Detail = null, double Seconds = 0)
{
    public static ScenarioStep Dial(string who, string other) => new(StepKind.Dial, who, other);

    public static ScenarioStep Answer(string who) => new(StepKind.Answer, who);

    public static ScenarioStep Refuse(string who, int status) => new(StepKind.Refuse, who, Detail: $"{status}");

    public static ScenarioStep Talk(double seconds) => new(StepKind.Talk, Seconds: seconds);

    public static ScenarioStep Hangup(string who) => new(StepKind.Hangup, who);

    public static ScenarioStep Call(string who, string operation, string? other = null) =>
        new(StepKind.CallOperation, who, other, operation);

    public static ScenarioStep Agent(string who, string operation) => new(StepKind.AgentOperation, who, Detail: operation);

    public static ScenarioStep Await(string who, string @event) => new(StepKind.Await, who, Detail: @event);

    public static ScenarioStep Fork(string who, string other) => new(StepKind.Fork, who, other);

    public static ScenarioStep Do(StepKind kind, string who = "") => new(kind, who);
}
