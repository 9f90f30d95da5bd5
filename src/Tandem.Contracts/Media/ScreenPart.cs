namespace Tandem.Contracts.Media;

/// <param name="Codec">RFC 6381 string such as <c>vp09.00.40.08</c>; of the first track where there are several.</param>
/// <param name="Width">Pixels of all monitors together, as <paramref name="Height"/>.</param>
/// <param name="StartMs">Where the part's first frame stands on the capture's axis.</param>
/// <param name="Monitors">As they were during this part; null from devices that do not say.</param>
/// <param name="TrackPerMonitor">The stream has a track for each of <paramref name="Monitors"/>, in their order, and no
/// picture of all.</param>
public sealed record ScreenPart(
    string StreamId, string Codec, int Width, int Height, long StartMs, long DurationMs, IReadOnlyList<MonitorGeometry>? Monitors = null,
    bool TrackPerMonitor = false);
