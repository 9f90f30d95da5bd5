using Tandem.Contracts.Media;

namespace Tandem.Recordings.Capture;

/// <summary>What the rule asks of the world, in order.</summary>
public abstract record CaptureStep
{
    private CaptureStep()
    {
    }

    /// <summary>Begin a new capture.</summary>
    public sealed record Start(RunningCapture Capture) : CaptureStep;

    /// <param name="Capture">As it was at its end.</param>
    /// <param name="LastCall">The call that ended last, for the after-call-work link.</param>
    public sealed record Stop(RunningCapture Capture, EndReason Reason, ReleasedCall? LastCall) : CaptureStep;

    public sealed record SetPaused(bool Paused) : CaptureStep;

    /// <summary>A call is recorded whose screen ought to be, but the agent has no device.</summary>
    public sealed record NoDevice(ActiveCall Call) : CaptureStep;
}
