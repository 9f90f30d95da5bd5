namespace Tandem.ScreenRecordingService.Capture;

/// <summary>When the next picture may be taken: at most the given rate, half of it after a small change.</summary>
/// <param name="maximumFps">1 to 30.</param>
internal sealed class Pacing(int maximumFps)
{
    /// <summary>A change of fewer tiles than 1 in this many is small: typing, a ticking clock.</summary>
    private const int SmallShare = 50;

    private readonly int intervalMs = 1_000 / maximumFps;

    /// <summary>Not before this; anything that becomes dirty after it is taken at once.</summary>
    public long NextMs { get; private set; }

    public void Framed(long nowMs, int changedTiles, int allTiles) =>
        NextMs = nowMs + (changedTiles * SmallShare < allTiles ? 2 * intervalMs : intervalMs);

    /// <summary>Nothing had changed after all: look again no sooner than a large change would.</summary>
    public void Looked(long nowMs) => NextMs = nowMs + intervalMs;
}
