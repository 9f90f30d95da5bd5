using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The capture that is on.</summary>
internal sealed class RunningCapture(DesiredState desired, long startedMs)
{
    public string Id => desired.CaptureId!;
    public long StartedMs => startedMs;
    public CapturePhase Phase { get; set; } = CapturePhase.Starting;
    public long? FirstFrameUs { get; set; }

    /// <summary>When it was asked to pause, UTC microseconds on the server's clock; null: it is not paused.</summary>
    public long? PausedSinceUs { get; set; }

    /// <summary>What the worker was asked for last.</summary>
    public CaptureRequest? Asked { get; set; }
}
