namespace Tandem.WebServices.Desktop;

/// <summary>What the workspace shows; the same object answers a question and announces a change.</summary>
/// <param name="Type">Always <c>state</c>.</param>
/// <param name="AgentState">LoggedOut, Ready, NotReady or AfterCallWork.</param>
internal sealed record AgentStateView(
    string Type, string AgentState, string? Reason, string? Dn, IReadOnlyList<CallView> Calls, ScreenView Screen);
