using Microsoft.Extensions.Logging;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>How a service goes on with what the one before it had begun.</summary>
internal sealed partial class CaptureControl
{
    /// <summary>Younger than this the state of the service before is still true: no longer does a worker capture alone.</summary>
    private static readonly TimeSpan Fresh = Worker.ServiceLine.Patience;

    /// <summary>Call once, before anything else. What crashed a moment ago goes on, and so does what a worker kept on; all else
    /// waits for RWS's word, for nobody may be recorded because a PC was switched on again.</summary>
    /// <param name="report">What is known of it.</param>
    public void Continue(ScreenCaptureReport? report)
    {
        lock (gate)
        {
            if (state.Value is not { Capture: { } capture, Desired: { } wanted })
                return;
            filing.Reopen(capture, report);
            serverLostMs = NowMs;
            if (state.Age < Fresh && report?.EndReason != EndReason.ShutDown)
                TakeUp(capture, wanted);
            else
                held = capture;
        }
    }

    /// <summary>A worker came that captures on its own.</summary>
    private void JudgeClaim(string? captureId)
    {
        if (held is not { } capture || captureId != capture.Id || state.Value.Desired is not { } wanted)
            return;
        held = null;
        TakeUp(capture, wanted);
    }

    private void TakeUp(OpenCapture capture, DesiredState wanted)
    {
        LogContinue(log, capture.Id);
        desired = wanted;
        locallyPaused = capture.PausedHere;
        running = new RunningCapture(wanted, NowMs) { Phase = CapturePhase.Failed, FirstFrameUs = capture.FirstFrameUs, PausedSinceUs = capture.PausedSinceUs };
        if (displayLostMs is null)
            Ask();
    }

    /// <summary>RWS has said what it wants.</summary>
    private void JudgeHeld()
    {
        if (held is not { } capture)
            return;
        if (desired is { On: true } && desired.CaptureId == capture.Id)
        {
            held = null;
            TakeUp(capture, desired);
        }
        else
        {
            CloseHeld(desired?.EndReason ?? EndReason.Truncated);
        }
    }

    private void CloseHeld(EndReason reason)
    {
        var id = held!.Id;
        held = null;
        LogEnd(log, id, reason);
        Remember(id);
        filing.Close(id, reason, LastWordPatience);
        Save();
    }

    private void Save() => state.Update(s => s with
    {
        Desired = desired ?? s.Desired,
        Capture = running is null
            ? held
            : new OpenCapture(running.Id, desired?.AgentId ?? "", running.FirstFrameUs, locallyPaused, running.PausedSinceUs),
        Ended = s.Ended.Count == ended.Count && ended.SequenceEqual(s.Ended) ? s.Ended : [.. ended],
    });

    [LoggerMessage(7032, LogLevel.Information, "Capture {CaptureId} goes on where the service before left it")]
    private static partial void LogContinue(ILogger log, string captureId);
}
