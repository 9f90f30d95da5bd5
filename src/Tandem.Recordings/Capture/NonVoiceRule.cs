using Tandem.Recordings.Policy;

namespace Tandem.Recordings.Capture;

/// <summary>Whether the conditions for a capture without a call hold.</summary>
internal static class NonVoiceRule
{
    /// <summary>Draws once when the state conditions turn true; forgets the draw when one turns false.</summary>
    public static AgentCapture Draw(AgentCapture state, RecordingPolicy policy, Func<double> draw)
    {
        if (!policy.RecordsNonVoice || !state.HasDevice || !StatesHold(state, policy))
        {
            return state with { Drawn = null };
        }

        return state.Drawn is null
            ? state with { Drawn = policy.Conditions.OfType<PolicyCondition.Random>().All(random => draw() * 100 < random.Percent) }
            : state;
    }

    public static bool Holds(AgentCapture state, RecordingPolicy policy) =>
        policy.RecordsNonVoice && state.Drawn == true && StatesHold(state, policy);

    private static bool StatesHold(AgentCapture state, RecordingPolicy policy) =>
        state.Activity != AgentActivity.LoggedOut
        && policy.Conditions.OfType<PolicyCondition.UserState>().All(condition => AgentActivities.Is(state, condition.State));
}
