using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Exactly one property is set.</summary>
internal sealed record WorkerEvent
{
    public WorkerMessage? Message { get; init; }
    public MediaBytes? Media { get; init; }

    /// <summary>The worker process ended; a sentence says why.</summary>
    public string? Gone { get; init; }
}
