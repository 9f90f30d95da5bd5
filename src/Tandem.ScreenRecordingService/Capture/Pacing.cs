namespace Tandem.ScreenRecordingService.Capture;

/// <summary>When the next picture may be taken: at most the given rate on average, half of it while changes are small.
/// A picture costs credit that time gives back. Credit for a second picture is kept, so that something that changes at
/// just the rate is taken when it changes and not a whole interval later.</summary>
/// <param name="maximumFps">1 to 30.</param>
internal sealed class Pacing(int maximumFps)
{
    /// <summary>A change of fewer tiles than 1 in this many is small: typing, a ticking clock.</summary>
    private const int SmallShare = 50;

    private readonly int intervalMs = 1_000 / maximumFps;
    private long spentUntilMs = long.MinValue / 2;

    /// <summary>Not before this; anything that becomes dirty after it is taken at once.</summary>
    public long NextMs => spentUntilMs - intervalMs;

    public void Framed(long nowMs, int changedTiles, int allTiles) =>
        Spend(nowMs, changedTiles * SmallShare < allTiles ? 2 * intervalMs : intervalMs);

    /// <summary>Nothing had changed after all: look again no sooner than a large change would.</summary>
    public void Looked(long nowMs) => Spend(nowMs, intervalMs);

    private void Spend(long nowMs, int costMs) => spentUntilMs = Math.Max(spentUntilMs, nowMs) + costMs;
}
