namespace Tandem.MediaControlPlatform.Recording;

/// <summary>A stretch on the call clock whose end may be still to come.</summary>
internal sealed class OpenInterval(long fromUs, string? cause)
{
    public long FromUs => fromUs;

    /// <summary><see cref="long.MaxValue"/> while it lasts.</summary>
    public long ToUs { get; set; } = long.MaxValue;

    public string? Cause => cause;
}
