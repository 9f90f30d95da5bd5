using Tandem.Contracts.Cti;

namespace Tandem.Recordings.Capture;

/// <summary>The agent's state under one event.</summary>
internal static class AgentActivities
{
    private const string AfterCallWork = "AfterCallWork";

    public static AgentCapture Apply(AgentCapture state, CtiEvent about) => about.Name switch
    {
        CtiEventNames.AgentLogin => Set(state, AgentActivity.NotReady, null),
        CtiEventNames.AgentReady => Set(state, AgentActivity.Ready, null),
        CtiEventNames.AgentNotReady => about.WorkMode == AfterCallWork
            ? Set(state, AgentActivity.AfterCallWork, about.Reason)
            : Set(state, AgentActivity.NotReady, about.Reason),
        CtiEventNames.AgentLogout => Set(state, AgentActivity.LoggedOut, null),
        CtiEventNames.Registered when about.Snapshot is { } snapshot
            && Enum.TryParse<AgentActivity>(snapshot.AgentState, out var now) && now != state.Activity => Set(state, now, null),
        _ => state,
    };

    /// <summary>Whether the agent is in the named state of <c>userState(name)</c>.</summary>
    public static bool Is(AgentCapture state, string name) =>
        name.Equals(state.Activity.ToString(), StringComparison.OrdinalIgnoreCase)
        || (state.Reason is not null && name.Equals(state.Reason, StringComparison.OrdinalIgnoreCase));

    private static AgentCapture Set(AgentCapture state, AgentActivity activity, string? reason) =>
        state with { Activity = activity, Reason = reason };
}
