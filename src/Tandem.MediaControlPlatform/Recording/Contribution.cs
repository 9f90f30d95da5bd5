using Tandem.Media.Placement;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>One leg's stay in a segment.</summary>
internal sealed class Contribution(MediaLeg leg, CallTrack track, bool agent, long fromUs)
{
    public MediaLeg Leg => leg;

    public CallTrack Track => track;

    /// <summary>True on channel 1.</summary>
    public bool Agent => agent;

    public long FromUs => fromUs;

    /// <summary><see cref="long.MaxValue"/> while it stays.</summary>
    public long ToUs { get; set; } = long.MaxValue;
}
