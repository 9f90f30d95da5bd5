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
            if (running is null && held is null)
                worker.Request(Idle);
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

    /// <summary>The disk refused to keep the capture.</summary>
    public void Refuse(string captureId, EndReason reason, string why)
    {
        lock (gate)
        {
            if (running?.Id != captureId)
                return;
            problem = why;
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
        else if (running is not null && running.Asked != Wanted)
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

    private void End(EndReason reason)
    {
        var id = running!.Id;
        LogEnd(log, id, reason);
        running = null;
        locallyPaused = false;
        Remember(id);
        filing.Close(id, reason, displayLostMs is null ? LastWordPatience : AbsentPatience);
        worker.Request(Idle);
        Save();
        Tell();
    }

    private void Remember(string id)
    {
        ended.Add(id);
        if (ended.Count > RememberedEnds)
            ended.RemoveAt(0);
    }

    private void Tell() => Changed?.Invoke(Snapshot());

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(7030, LogLevel.Information, "Capture {CaptureId} begins")]
    private static partial void LogBegin(ILogger log, string captureId);

    [LoggerMessage(7031, LogLevel.Information, "Capture {CaptureId} ends: {Reason}")]
    private static partial void LogEnd(ILogger log, string captureId, EndReason reason);
}
