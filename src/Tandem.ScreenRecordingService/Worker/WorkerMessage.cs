using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>One control message between service and worker; exactly one property is set.</summary>
internal sealed record WorkerMessage
{
    /// <summary>Service to worker.</summary>
    public CaptureRequest? Request { get; init; }

    /// <summary>Service to worker: end cleanly.</summary>
    public bool? Exit { get; init; }

    /// <summary>Worker to service: a capture can start at once.</summary>
    public WorkerReady? Ready { get; init; }

    public PartBegun? Begun { get; init; }
    public PartEnded? Ended { get; init; }
    public PauseReport? Pause { get; init; }
    public StopReport? Stopped { get; init; }

    /// <summary>Worker to service, last: why it ends.</summary>
    public string? Problem { get; init; }
}
