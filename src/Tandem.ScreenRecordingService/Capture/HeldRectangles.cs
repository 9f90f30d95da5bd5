namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Where excluded windows stood a moment ago. A window that closes or moves leaves the list of windows, or its old
/// place in it, before its pixels leave the screen: what it covered stays black a while longer.</summary>
/// <typeparam name="T">A rectangle.</typeparam>
internal sealed class HeldRectangles<T>
    where T : struct, IEquatable<T>
{
    private const int HoldMs = 1_000;

    private readonly Dictionary<T, long> missedMs = [];
    private IReadOnlyCollection<T> stood = [];

    /// <summary>When the first of those that no longer stand is let go; null: all stand.</summary>
    public long? DueMs { get; private set; }

    /// <param name="standing">Where they stand now.</param>
    /// <param name="nowMs">Of any clock that only goes forward.</param>
    /// <returns>Those, and where others stood until they were missed within the last second.</returns>
    public IReadOnlyList<T> With(IReadOnlyCollection<T> standing, long nowMs)
    {
        foreach (var gone in stood.Except(standing))
            missedMs[gone] = nowMs;
        foreach (var (rectangle, atMs) in missedMs)
        {
            if (nowMs - atMs >= HoldMs || standing.Contains(rectangle))
                missedMs.Remove(rectangle);
        }
        stood = standing;
        DueMs = missedMs.Count > 0 ? missedMs.Values.Min() + HoldMs : null;
        return [.. standing, .. missedMs.Keys];
    }
}
