using Tandem.Contracts.Media;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A part of a capture: one geometry, one kind of encoder, one stream.</summary>
/// <param name="FirstFrameUs">UTC microseconds of the capture's clock (<see cref="CaptureClock"/>).</param>
/// <param name="SteadyUs">The same instant in microseconds since the machine started, sleep included.</param>
/// <param name="Codec">Of the first track.</param>
/// <param name="Width">Pixels of all monitors together, as <paramref name="Height"/>.</param>
/// <param name="GapCause">Why the part before it ended, where that left a gap.</param>
/// <param name="Tracks">One for each of <paramref name="Monitors"/>, in their order; null: there is one picture of all.</param>
internal sealed record PartBegun(
    string CaptureId, int Part, long FirstFrameUs, long SteadyUs, string Codec, int Width, int Height, IReadOnlyList<MonitorGeometry> Monitors, string Encoder,
    string? GapCause = null, IReadOnlyList<TrackBegun>? Tracks = null);
