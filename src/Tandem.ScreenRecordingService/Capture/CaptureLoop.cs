using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The capture thread: sleeps until the display changes or a request comes, and brings the capture to what is
/// requested. All of display and encoder is touched by this thread only.</summary>
/// <param name="sleptMs">How long this machine has been suspended since it started, in all; null: it never is.</param>
/// <param name="settings">What encoders are held warm for until a request says otherwise.</param>
internal sealed class CaptureLoop(
    ICapture capture, EncoderFactory encoders, ICaptureSink sink, TimeProvider time, Func<long>? sleptMs = null,
    StageSettings? settings = null) : IDisposable
{
    private const long ShortestSleepMs = 500;

    private readonly long origin = time.GetTimestamp();
    private CaptureRequest requested = CaptureRequest.Off with { Stage = settings ?? StageSettings.Usual };
    private CaptureRequest current = CaptureRequest.Off with { Stage = settings ?? StageSettings.Usual };
    private CaptureStage? stage;
    private PartSequence? parts;
    private Interruption? interruption;
    private string? askedAway;
    private string? away;
    private long knownSleepMs = sleptMs?.Invoke() ?? 0;
    private volatile bool exit;

    private long NowMs => (long)time.GetElapsedTime(origin).TotalMilliseconds;

    /// <summary>Nothing of the screen may be seen now.</summary>
    private bool Blanked => current.Paused || away is not null;

    /// <summary>Ends the running part and begins the next at once, with a key frame.</summary>
    public void Interrupt(Interruption interrupting)
    {
        Volatile.Write(ref interruption, interrupting);
        capture.Wake();
    }

    /// <summary>Makes the pictures black for a reason other than a pause; null: over.</summary>
    public void Away(string? cause)
    {
        Volatile.Write(ref askedAway, cause);
        capture.Wake();
    }

    public void Request(CaptureRequest request)
    {
        Volatile.Write(ref requested, request);
        capture.Wake();
    }

    /// <summary>Ends the capture cleanly and lets <see cref="Run"/> return.</summary>
    public void Exit()
    {
        exit = true;
        capture.Wake();
    }

    /// <summary>Blocks until <see cref="Exit"/>.</summary>
    /// <param name="ready">Called once, when a capture could start at once.</param>
    /// <exception cref="DisplayLostException"/>
    /// <exception cref="EncoderException">None works here.</exception>
    public void Run(Action<Worker.WorkerReady> ready)
    {
        try
        {
            stage = new CaptureStage(capture, encoders, current.Stage);
            Rehearsal.Run(stage, time, origin);
            ready(new Worker.WorkerReady(stage.Width, stage.Height, stage.EncoderName, stage.Degraded));
            while (!exit)
            {
                LookForSleep();
                Apply(Volatile.Read(ref requested));
                ApplyAway(Volatile.Read(ref askedAway));
                if (Interlocked.Exchange(ref interruption, null) is { } interrupting)
                    Renew(Blanked, interrupting.Between, interrupting.Cause);
                parts?.Step(Blanked);
                Sleep();
            }
            Apply(current with { CaptureId = null });
        }
        catch (DisplayLostException e)
        {
            parts?.End(unseen: true, e.Message);
            if (current.CaptureId is { } id)
                sink.Stopped(id, e.Message);
            throw;
        }
    }

    public void Dispose()
    {
        stage?.Dispose();
        capture.Dispose();
    }

    private void Sleep()
    {
        var dirty = capture.Dirty && !Blanked;
        var wait = parts?.DueMs(dirty) is { } due ? (int)Math.Clamp(due - NowMs, 0, int.MaxValue) : -1;
        // Before its time a dirty screen must not wake us again and again: only requests may.
        if (wait != 0)
            capture.Wait(wait);
        if (capture.GeometryChanged)
            Renew(unseen: true, Fit, "display-changed");

        void Fit()
        {
            capture.Adopt();
            stage!.Reopen(current.Stage);
        }
    }

    private void Apply(CaptureRequest wanted)
    {
        if (wanted == current)
            return;
        var (before, wasBlanked) = (current, Blanked);
        if (wanted.CaptureId != before.CaptureId)
            Finish();
        current = wanted;
        if (wanted.Stage != before.Stage)
            Renew(wasBlanked, () => stage!.Reopen(wanted.Stage), "settings-changed");
        if (wanted.CaptureId != before.CaptureId && wanted.CaptureId is not null)
            Begin(wanted.CaptureId);
        else if (parts is not null)
            Adjust(parts, before, wasBlanked);
    }

    private void Adjust(PartSequence running, CaptureRequest before, bool wasBlanked)
    {
        if (before.KeyFrames != current.KeyFrames)
            running.Key(Blanked);
        if (before.Paused == current.Paused)
            return;
        // Before the picture that shows it: from this instant on the pictures are as the report says.
        var atUs = running.Clock.NowUs;
        ShowOrBlank(running, wasBlanked);
        sink.PausedChanged(current.Paused, atUs);
    }

    private void ApplyAway(string? wanted)
    {
        if (wanted == away)
            return;
        var wasBlanked = Blanked;
        away = wanted;
        if (parts is null)
            return;
        var atUs = parts.Clock.NowUs;
        ShowOrBlank(parts, wasBlanked);
        sink.AwayChanged(away, atUs);
    }

    private void ShowOrBlank(PartSequence running, bool wasBlanked)
    {
        if (Blanked != wasBlanked)
            running.Show(Blanked);
    }

    private void Begin(string captureId)
    {
        parts = new PartSequence(stage!, sink, captureId, current.MaximumFps, time, origin, new CaptureClock(time, knownSleepMs));
        parts.Open(Blanked);
        if (current.Paused)
            sink.PausedChanged(true, parts.Clock.NowUs);
        if (away is not null)
            sink.AwayChanged(away, parts.Clock.NowUs);
    }

    /// <summary>Ends the running part, does what is to be done in between, and begins the next where one was running.</summary>
    private void Renew(bool unseen, Action? between, string? gapCause = null)
    {
        parts?.End(unseen);
        between?.Invoke();
        parts?.Open(Blanked, gapCause);
    }

    /// <summary>While the machine sleeps the clock of the pictures stands still and the world's does not: what comes after is a
    /// part of its own with its own time.</summary>
    private void LookForSleep()
    {
        var slept = sleptMs?.Invoke() ?? 0;
        var newMs = slept - knownSleepMs;
        knownSleepMs = slept;
        // Nothing is fetched for the part that ends: what the screen shows now is of after the sleep.
        if (newMs >= ShortestSleepMs)
            Renew(unseen: true, () => parts?.Clock.Slept(newMs), "suspended");
    }

    private void Finish()
    {
        if (current.CaptureId is not { } id)
            return;
        parts?.End(Blanked);
        parts = null;
        // What the agent does now is nobody's business: keep no picture of it.
        stage!.Blank();
        capture.Watch(false);
        sink.Stopped(id, null);
    }
}
