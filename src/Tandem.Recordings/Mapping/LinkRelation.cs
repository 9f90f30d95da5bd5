namespace Tandem.Recordings.Mapping;

public enum LinkRelation
{
    /// <summary>The documented rule: the file belongs to the agent's first call.</summary>
    Primary,

    /// <summary>Any other voice segment of that agent that the file covers.</summary>
    Overlap,

    /// <summary>After the last released call.</summary>
    Acw,
}
