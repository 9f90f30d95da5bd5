using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The capture thread: sleeps until the display changes or a request comes, and brings the capture to what is
/// requested. All of display and encoder is touched by this thread only.</summary>
/// <param name="sleptMs">How long this machine has been suspended since it started, in all; null: it never is.</param>
internal sealed class CaptureLoop(
    ICapture capture, Func<ScreenPicture, string?, IEncoder> encoders, ICaptureSink sink, TimeProvider time, Func<long>? sleptMs = null) : IDisposable
{
    private const int MaximumEncoderFailures = 3;
    private const long ShortestSleepMs = 500;

    private readonly long origin = time.GetTimestamp();
    private CaptureRequest requested = CaptureRequest.Off;
    private CaptureRequest current = CaptureRequest.Off;
    private CaptureStage? stage;
    private PartRecorder? part;
    private int parts;
    private int encoderFailures;
    private Interruption? interruption;
    private string? askedAway;
    private string? away;
    private long knownSleepMs = sleptMs?.Invoke() ?? 0;
    private volatile bool exit;
    private CaptureClock clock = new(time, sleptMs?.Invoke() ?? 0);

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
            stage = new CaptureStage(capture, encoders);
            Rehearse();
            ready(new Worker.WorkerReady(capture.Width, capture.Height, stage.Encoder.Name, stage.Degraded));
            while (!exit)
            {
                LookForSleep();
                Apply(Volatile.Read(ref requested));
                ApplyAway(Volatile.Read(ref askedAway));
                if (Interlocked.Exchange(ref interruption, null) is { } interrupting)
                    BeginNextPart(interrupting.Cause, interrupting.Between);
                Guarded(() => part?.Step(NowMs, Blanked));
                Sleep();
            }
            Apply(CaptureRequest.Off);
        }
        catch (DisplayLostException e)
        {
            Abandon(e.Message);
            throw;
        }
    }

    /// <summary>Goes once through all that a capture does, for nobody: the first real picture then waits neither for the
    /// compiler nor for the X server's first answer. What it fetches is black before anything is coded.</summary>
    private void Rehearse()
    {
        var rehearsal = new PartRecorder(stage!, new DeafSink(), "rehearsal", 0, CaptureRequest.Off.MaximumFps, time, origin, clock);
        rehearsal.Begin(paused: true);
        capture.Fetch(stage!.Picture, everything: false);
        stage.Picture.Convert(capture.Cursor());
        stage.Picture.Blank();
        rehearsal.End(NowMs, paused: true, null);
    }

    public void Dispose()
    {
        stage?.Dispose();
        capture.Dispose();
    }

    private void Sleep()
    {
        var dirty = capture.Dirty && !Blanked;
        var wait = part is null ? -1 : part.DueMs(dirty) is { } due ? (int)Math.Clamp(due - NowMs, 0, int.MaxValue) : -1;
        // Before its time a dirty screen must not wake us again and again: only requests may.
        if (wait != 0)
            capture.Wait(wait);
        if (capture.GeometryChanged)
            Reopen();
    }

    private void Apply(CaptureRequest wanted)
    {
        if (wanted == current)
            return;
        if (wanted.CaptureId != current.CaptureId)
        {
            Finish();
            current = wanted;
            if (wanted.CaptureId is not null)
                Begin();
            return;
        }
        var (before, wasBlanked) = (current, Blanked);
        current = wanted;
        if (part is null)
            return;
        if (before.KeyFrames != current.KeyFrames)
            Guarded(() => part!.Key(NowMs));
        if (before.Paused == current.Paused)
            return;
        // Before the picture that shows it: from this instant on the pictures are as the report says.
        var atUs = clock.NowUs;
        ShowOrBlank(wasBlanked);
        sink.PausedChanged(current.Paused, atUs);
    }

    private void ApplyAway(string? wanted)
    {
        if (wanted == away)
            return;
        var wasBlanked = Blanked;
        away = wanted;
        if (part is null)
            return;
        var atUs = clock.NowUs;
        ShowOrBlank(wasBlanked);
        sink.AwayChanged(away, atUs);
    }

    private void ShowOrBlank(bool wasBlanked) => Guarded(() =>
    {
        if (Blanked && !wasBlanked)
            part!.Blank(NowMs);
        else if (wasBlanked && !Blanked)
            part!.Resume(NowMs);
    });

    private void Begin()
    {
        parts = 0;
        encoderFailures = 0;
        clock = new CaptureClock(time, knownSleepMs);
        OpenPart();
        if (current.Paused)
            sink.PausedChanged(true, clock.NowUs);
        if (away is not null)
            sink.AwayChanged(away, clock.NowUs);
    }

    private void OpenPart(string? gapCause = null) => Guarded(() =>
    {
        capture.Watch(true);
        part = new PartRecorder(stage!, sink, current.CaptureId!, parts++, current.MaximumFps, time, origin, clock);
        part.Begin(Blanked, gapCause);
    });

    private void BeginNextPart(string cause, Action? between)
    {
        var running = part is not null;
        part?.End(NowMs, Blanked, null);
        part = null;
        between?.Invoke();
        if (running)
            OpenPart(cause);
    }

    /// <summary>While the machine sleeps the clock of the pictures stands still and the world's does not: what comes after is a
    /// part of its own with its own time.</summary>
    private void LookForSleep()
    {
        var slept = sleptMs?.Invoke() ?? 0;
        var newMs = slept - knownSleepMs;
        knownSleepMs = slept;
        if (newMs < ShortestSleepMs)
            return;
        // Nothing is fetched for the part that ends: what the screen shows now is of after the sleep.
        part?.End(NowMs, true, null);
        clock.Slept(newMs);
        if (part is null)
            return;
        part = null;
        OpenPart("suspended");
    }

    private void Finish()
    {
        if (current.CaptureId is not { } id)
            return;
        part?.End(NowMs, Blanked, null);
        part = null;
        // What the agent does now is nobody's business: keep no picture of it.
        stage!.Picture.Blank();
        capture.Watch(false);
        sink.Stopped(id, null);
    }

    private void Reopen()
    {
        part?.End(NowMs, true, null);
        var running = part is not null;
        part = null;
        capture.Adopt();
        stage!.Reopen();
        if (running)
            OpenPart();
    }

    /// <summary>An encoder that fails is replaced, and the capture goes on in a new part.</summary>
    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (EncoderException e)
        {
            part?.End(NowMs, true, e.Message);
            part = null;
            if (++encoderFailures > MaximumEncoderFailures)
                throw;
            stage!.Reopen(e.Message);
            if (current.CaptureId is not null && !exit)
                OpenPart();
        }
    }

    private void Abandon(string problem)
    {
        part?.End(NowMs, true, problem);
        if (current.CaptureId is { } id)
            sink.Stopped(id, problem);
    }
}
