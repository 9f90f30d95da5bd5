using System.Collections.Immutable;

namespace Tandem.Recordings.Capture;

/// <summary>All that the capture rule knows of one agent. Immutable; stored as JSON so that a restart goes on.</summary>
public sealed record AgentCapture
{
    public static readonly AgentCapture Initial = new();

    /// <summary>The recorded calls of the agent's DNs, first-started first.</summary>
    public ImmutableList<ActiveCall> Active { get; init; } = [];

    public AgentActivity Activity { get; init; } = AgentActivity.LoggedOut;

    /// <summary>The site's not-ready reason, such as <c>Busy</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the agent is signed in at a device that can record.</summary>
    public bool HasDevice { get; init; }

    /// <summary>Null when nothing is wanted.</summary>
    public RunningCapture? Capture { get; init; }

    /// <summary>The draw of random() for the present activation of the non-voice conditions; null outside one.</summary>
    public bool? Drawn { get; init; }

    /// <summary>When and from which call the agent was last released.</summary>
    public ReleasedCall? Released { get; init; }
}
