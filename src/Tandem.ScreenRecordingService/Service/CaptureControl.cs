using Microsoft.Extensions.Logging;
using Tandem.Contracts.Media;
using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Brings the worker to what RWS desires, within what this PC allows. Every input calls <see cref="Settle"/>,
/// which compares what should be with what is; nothing waits in here. Thread-safe.</summary>
internal sealed partial class CaptureControl(
    WorkerGate worker, CaptureFiling filing, ServerClock clock, StateFile state, ServiceOptions options, TimeProvider time, ILogger log)
{
    private const int RememberedEnds = 16;
    private static readonly TimeSpan LastWordPatience = TimeSpan.FromSeconds(10);

    /// <summary>A worker that is not there may only be looking for us.</summary>
    private static readonly TimeSpan AbsentPatience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly long origin = time.GetTimestamp();
    private readonly List<string> ended = [.. state.Value.Ended];
    private DesiredState? desired;
    private RunningCapture? running;
    private OpenCapture? held;
    private bool firstWord;
    private bool signedOut;
    private bool locallyPaused;
    private bool leaving;
    private int keyFrames;
    private long? serverLostMs;
    private long? desktopLostMs;
    private long? displayLostMs = 0;
    private string? problem;
    private TaskCompletionSource pauseSettled = NewSignal();

    /// <summary>What RWS should be told; called with the state of that moment, in order.</summary>
    public event Action<ActualState>? Changed;

    /// <summary>Completes when a worker is ready, or fails with the first one's problem.</summary>
    public TaskCompletionSource FirstWorker { get; } = NewSignal();

    private long NowMs => (long)time.GetElapsedTime(origin).TotalMilliseconds;

    public void Desire(DesiredState wanted)
    {
        lock (gate)
        {
            // A server that lost its memory counts anew: its first word on a connection is always taken.
            if (desired is not null && wanted.Revision < desired.Revision && !firstWord)
                return;
            firstWord = false;
            desired = wanted;
            JudgeHeld();
            Settle();
            Save();
            Tell();
        }
    }

    public void ServerReachable(bool reachable)
    {
        lock (gate)
        {
            serverLostMs = reachable ? null : serverLostMs ?? NowMs;
            firstWord = reachable;
        }
    }

    public void DesktopPresent(bool present)
    {
        lock (gate)
            desktopLostMs = present ? null : desktopLostMs ?? NowMs;
    }

    /// <summary>The agent left: ends the capture at once, server or not.</summary>
    public void SignedOut()
    {
        lock (gate)
        {
            signedOut = true;
            Settle();
            signedOut = false;
            Save();
        }
    }

    /// <summary>Pauses or resumes from this PC.</summary>
    /// <returns>False where it was not confirmed in time, or nothing is being captured.</returns>
    public async Task<bool> PauseAsync(bool paused, TimeSpan patience)
    {
        Task settled;
        lock (gate)
        {
            if (running is null)
                return false;
            locallyPaused = paused;
            Settle();
            Save();
            if (IsSettled(paused))
                return true;
            settled = pauseSettled.Task;
        }
        await Task.WhenAny(settled, Task.Delay(patience, time, CancellationToken.None));
        lock (gate)
            return IsSettled(paused);
    }

    /// <summary>For limits that only time reaches.</summary>
    public void Tick()
    {
        lock (gate)
        {
            if (held is not null && NowMs >= (state.Value.Desired?.OfflineLimitMs ?? 0))
                CloseHeld(EndReason.ServerLost);
            Settle();
            if (running is not null)
                state.Touch();
        }
    }

    public void Take(WorkerEvent happened)
    {
        filing.Take(happened);
        lock (gate)
            Judge(happened);
    }

    /// <summary>The disk refused to keep the capture.</summary>
    public void Refuse(string captureId, EndReason reason)
    {
        lock (gate)
        {
            if (running?.Id != captureId)
                return;
            problem = "The disk of this PC has no room for recordings: free some space.";
            End(reason);
        }
    }

    /// <summary>The service is going down: what the workers do from now on says nothing of them.</summary>
    public void Leave()
    {
        lock (gate)
            leaving = true;
    }

    public ActualState Actual()
    {
        lock (gate)
            return Snapshot();
    }

    private ActualState Snapshot() => new(
        desired?.Revision ?? 0, running?.Id, running?.Phase ?? CapturePhase.Idle, running?.FirstFrameUs, problem);

    private void Settle()
    {
        var facts = new ControlFacts(desired, signedOut, serverLostMs, desktopLostMs, displayLostMs);
        if (running is not null && EndRule.Judge(running, facts, options, NowMs) is { } reason)
            End(reason);
        if (running is null && desired is { On: true, CaptureId: { } id } && !ended.Contains(id))
            Begin(desired);
        else if (running is not null && running.Paused != WantPaused)
            Ask();
    }

    private bool WantPaused => locallyPaused || desired?.Paused == true;

    private void Begin(DesiredState wanted)
    {
        locallyPaused = false;
        running = new RunningCapture(wanted, NowMs) { Phase = displayLostMs is null ? CapturePhase.Starting : CapturePhase.Failed };
        LogBegin(log, running.Id);
        filing.Open(running.Id, wanted.AgentId ?? "");
        Ask();
    }

    private void Ask()
    {
        running!.Paused = WantPaused;
        worker.Request(new CaptureRequest(running.Id, running.Paused, Math.Clamp(desired!.MaximumFps, 1, 30), keyFrames));
    }

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

    private void End(EndReason reason)
    {
        var id = running!.Id;
        LogEnd(log, id, reason);
        running = null;
        locallyPaused = false;
        Remember(id);
        filing.Close(id, reason, displayLostMs is null ? LastWordPatience : AbsentPatience);
        worker.Request(CaptureRequest.Off);
        Save();
        Tell();
    }

    private void Remember(string id)
    {
        ended.Add(id);
        if (ended.Count > RememberedEnds)
            ended.RemoveAt(0);
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
        else if (ready.CaptureId is not null && held is null)
        {
            worker.Request(CaptureRequest.Off);
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
        running.Phase = running.Paused ? CapturePhase.Paused : CapturePhase.Recording;
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

    private void Tell() => Changed?.Invoke(Snapshot());

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(7030, LogLevel.Information, "Capture {CaptureId} begins")]
    private static partial void LogBegin(ILogger log, string captureId);

    [LoggerMessage(7031, LogLevel.Information, "Capture {CaptureId} ends: {Reason}")]
    private static partial void LogEnd(ILogger log, string captureId, EndReason reason);
}
