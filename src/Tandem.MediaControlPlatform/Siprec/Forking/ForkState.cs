namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>What the other recorder must know of a segment.</summary>
/// <param name="Others">Who speaks on channel 2, comma-separated, so that states compare.</param>
internal sealed record ForkState(string Others, bool IsPaused, bool IsOver);
