namespace Tandem.Recordings.Policy;

/// <summary>One condition of <c>recordingWhen</c>.</summary>
public abstract record PolicyCondition
{
    private PolicyCondition()
    {
    }

    /// <summary>The agent is in this state: Ready, NotReady, AfterCallWork, Busy, or a not-ready reason of the site.</summary>
    public sealed record UserState(string State) : PolicyCondition;

    /// <summary>Holds in so many of a hundred activations; drawn once per activation.</summary>
    /// <param name="Percent">0 to 100.</param>
    public sealed record Random(double Percent) : PolicyCondition;
}
