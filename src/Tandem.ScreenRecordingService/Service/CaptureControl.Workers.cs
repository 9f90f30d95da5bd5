using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What the active worker is asked for, and what follows from what it says.</summary>
internal sealed partial class CaptureControl
{
    private StageSettings Stage => new(
        Math.Clamp(Math.Max(options.Stage.Reduction, desired?.Reduction ?? 1), 1, StageSettings.LargestReduction),
        options.Stage.TrackPerMonitor || desired?.TrackPerMonitor == true,
        options.Stage.Encoder ?? desired?.Encoder,
        options.Stage.FullChroma || desired?.FullChroma == true);

    private CaptureRequest Wanted => new(running!.Id, WantPaused, Math.Clamp(desired!.MaximumFps, 1, 30), keyFrames, Stage);

    /// <summary>Nothing is captured, and the worker holds itself ready for what will be.</summary>
    private CaptureRequest Idle => CaptureRequest.Off with { Stage = Stage };

    /// <summary>Somebody joins to watch and needs a picture to begin with.</summary>
    public void AskForKeyFrame()
    {
        lock (gate)
        {
            keyFrames++;
            if (running is not null)
                Ask();
        }
    }

    public void Take(WorkerEvent happened)
    {
        filing.Take(happened);
        lock (gate)
            Judge(happened);
    }

    private void Ask()
    {
        running!.PausedSinceUs = WantPaused ? running.PausedSinceUs ?? clock.ToServerUs(clock.SteadyUs) : null;
        running.Asked = Wanted;
        worker.Request(running.Asked);
    }

    private void Judge(WorkerEvent happened)
    {
        if (happened.Message?.Ready is { } ready)
            WorkerReady(ready);
        else if (happened.Gone is { } why)
            WorkerGone(why);
        else if (happened.Message?.Begun is { } begun && begun.CaptureId == running?.Id)
            Begun(begun);
        else if (happened.Message?.Pause is { } pause && running is not null)
            PauseChanged(pause.Paused);
    }

    private void WorkerReady(WorkerReady ready)
    {
        displayLostMs = null;
        problem = ready.Degraded;
        FirstWorker.TrySetResult();
        JudgeClaim(ready.CaptureId);
        if (running is not null)
        {
            if (ready.CaptureId == running.Id)
                running.Phase = ready.Paused ? CapturePhase.Paused : CapturePhase.Recording;
            Ask();
        }
        else if (held is null)
        {
            worker.Request(Idle);
        }
        Tell();
    }

    private void WorkerGone(string why)
    {
        if (leaving)
            return;
        displayLostMs ??= NowMs;
        problem = why;
        FirstWorker.TrySetException(new ServiceException(why));
        if (running is not null)
            running.Phase = CapturePhase.Failed;
        Tell();
    }

    private void Begun(PartBegun begun)
    {
        running!.FirstFrameUs ??= clock.ToServerUs(begun.SteadyUs);
        running.Phase = running.PausedSinceUs is not null ? CapturePhase.Paused : CapturePhase.Recording;
        Save();
        Tell();
    }

    private void PauseChanged(bool paused)
    {
        running!.Phase = paused ? CapturePhase.Paused : CapturePhase.Recording;
        pauseSettled.TrySetResult();
        pauseSettled = NewSignal();
        Tell();
    }

    private bool IsSettled(bool paused) => running?.Phase == (paused || WantPaused ? CapturePhase.Paused : CapturePhase.Recording);
}
