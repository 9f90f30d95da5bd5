namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>Whose voice belongs on a channel (0 or 1) of a segment from when to when; UTC microseconds.</summary>
internal sealed record VoiceSpan(string Party, int Channel, long FromUtcUs)
{
    /// <summary><see cref="long.MaxValue"/> while it goes on.</summary>
    public long ToUtcUs { get; set; } = long.MaxValue;
}
