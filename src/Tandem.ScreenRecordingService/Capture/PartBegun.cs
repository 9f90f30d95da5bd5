using Tandem.Contracts.Media;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A part of a capture: one size, one encoder, one stream.</summary>
/// <param name="FirstFrameUs">UTC microseconds of this machine's clock.</param>
internal sealed record PartBegun(
    string CaptureId, int Part, long FirstFrameUs, string Codec, int Width, int Height, IReadOnlyList<MonitorGeometry> Monitors, string Encoder);
