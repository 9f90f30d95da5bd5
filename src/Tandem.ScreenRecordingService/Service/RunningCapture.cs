using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The capture that is on.</summary>
internal sealed class RunningCapture(DesiredState desired, long startedMs)
{
    public string Id => desired.CaptureId!;
    public long StartedMs => startedMs;
    public CapturePhase Phase { get; set; } = CapturePhase.Starting;
    public long? FirstFrameUs { get; set; }
    public bool Paused { get; set; }
}
