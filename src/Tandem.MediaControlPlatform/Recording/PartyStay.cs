using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>A party's stay on channel 2 and how much it said.</summary>
internal sealed class PartyStay(MediaLeg leg)
{
    private readonly long _before = leg.SpokenMs;
    private long? _after;

    /// <summary>As it was called then.</summary>
    public string Dn { get; } = leg.Dn;

    public long SpokenMs => (_after ?? leg.SpokenMs) - _before;

    public void Leave(MediaLeg gone)
    {
        if (ReferenceEquals(gone, leg))
            _after ??= leg.SpokenMs;
    }
}
