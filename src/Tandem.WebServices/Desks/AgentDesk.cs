using System.Collections.Immutable;
using Tandem.Contracts.Srs;
using Tandem.Recordings.Capture;

namespace Tandem.WebServices.Desks;

/// <summary>One agent at work, as of the last commit. Replaced whole, under the gate of <see cref="DeskDirector"/>.</summary>
internal sealed record AgentDesk(string AgentId)
{
    public AgentCapture Capture { get; init; } = AgentCapture.Initial;

    public string? CaptureId { get; init; }

    public string? DeviceId { get; init; }

    public string? SessionId { get; init; }

    public string? Dn { get; init; }

    public bool AtWork { get; init; }

    /// <summary>What the device last reported; memory only, it reports again after each reconnect.</summary>
    public ActualState? Actual { get; init; }

    /// <summary>A supervisor watches the screen; memory only.</summary>
    public bool Watched { get; init; }

    public ImmutableList<LiveCall> Calls { get; init; } = [];

    /// <summary>Whether the events of the DN are wanted.</summary>
    public bool Followed => Dn is not null && (AtWork || DeviceId is not null);
}
