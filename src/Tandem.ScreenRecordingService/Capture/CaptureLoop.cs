using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The capture thread: sleeps until the display changes or a request comes, and brings the capture to what is
/// requested. All of display and encoder is touched by this thread only.</summary>
internal sealed class CaptureLoop(ICapture capture, Func<ScreenPicture, IEncoder> encoders, ICaptureSink sink, TimeProvider time) : IDisposable
{
    private const int MaximumEncoderFailures = 3;

    private readonly long origin = time.GetTimestamp();
    private CaptureRequest requested = CaptureRequest.Off;
    private CaptureRequest current = CaptureRequest.Off;
    private CaptureStage? stage;
    private PartRecorder? part;
    private int parts;
    private int encoderFailures;
    private volatile bool exit;

    private long NowMs => (long)time.GetElapsedTime(origin).TotalMilliseconds;

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
            ready(new Worker.WorkerReady(capture.Width, capture.Height, stage.Encoder.Name, stage.Encoder.Degraded));
            while (!exit)
            {
                Apply(Volatile.Read(ref requested));
                Guarded(() => part?.Step(NowMs, current.Paused));
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
        var rehearsal = new PartRecorder(stage!, new DeafSink(), "rehearsal", 0, CaptureRequest.Off.MaximumFps, time, origin);
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
        var dirty = capture.Dirty && !current.Paused;
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
        var pausedChanged = wanted.Paused != current.Paused;
        current = wanted;
        if (pausedChanged && part is not null)
            ChangePaused();
    }

    private void Begin()
    {
        parts = 0;
        encoderFailures = 0;
        OpenPart();
        if (current.Paused)
            sink.PausedChanged(true, NowUs());
    }

    private void OpenPart() => Guarded(() =>
    {
        capture.Watch(true);
        part = new PartRecorder(stage!, sink, current.CaptureId!, parts++, current.MaximumFps, time, origin);
        part.Begin(current.Paused);
    });

    private void ChangePaused()
    {
        // Before the picture that shows it: from this instant on the pictures are as the report says.
        var atUs = NowUs();
        Guarded(() =>
        {
            if (current.Paused)
                part!.Blank(NowMs);
            else
                part!.Resume(NowMs);
        });
        sink.PausedChanged(current.Paused, atUs);
    }

    private void Finish()
    {
        if (current.CaptureId is not { } id)
            return;
        part?.End(NowMs, current.Paused, null);
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
            stage!.Reopen();
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

    private long NowUs() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
