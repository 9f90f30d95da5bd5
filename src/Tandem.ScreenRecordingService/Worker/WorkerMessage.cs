using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>One control message between service and worker; exactly one property is set.</summary>
internal sealed record WorkerMessage
{
    /// <summary>Service to worker.</summary>
    public CaptureRequest? Request { get; init; }

    /// <summary>Service to worker: end cleanly.</summary>
    public bool? Exit { get; init; }

    /// <summary>Service to worker: the service goes and another will come; capture on and keep it for that one.</summary>
    public bool? Leave { get; init; }

    /// <summary>Worker to service, first on every connection: a capture can start at once, or goes on.</summary>
    public WorkerReady? Ready { get; init; }

    public PartBegun? Begun { get; init; }
    public PartEnded? Ended { get; init; }
    public PauseReport? Pause { get; init; }
    public AwayReport? Away { get; init; }
    public StopReport? Stopped { get; init; }

    /// <summary>Worker to service, last: why it ends.</summary>
    public string? Problem { get; init; }
}
