using Tandem.Contracts.Media;

namespace Tandem.WebServices.Interactions;

/// <summary>A stretch of a screen capture in which the monitors stayed as they were.</summary>
/// <param name="StartMs">On the capture's axis, as all times here.</param>
/// <param name="Width">Pixels of all monitors together, as <paramref name="Height"/>.</param>
/// <param name="Monitors">Where each lies in the whole; empty where the PC did not say.</param>
/// <param name="TrackPerMonitor">Each monitor has a track of its own; else one picture shows them all.</param>
internal sealed record ScreenPartView(
    long StartMs, long DurationMs, int Width, int Height, IReadOnlyList<MonitorGeometry> Monitors, bool TrackPerMonitor);
