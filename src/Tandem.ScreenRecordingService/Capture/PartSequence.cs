using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The parts of one capture, one after another: one ends and the next begins where size, encoder, service or the
/// machine's sleep demand it. An encoder that fails is replaced.</summary>
/// <param name="origin">As <see cref="PartRecorder"/>'s.</param>
internal sealed class PartSequence(
    CaptureStage stage, ICaptureSink sink, string captureId, int maximumFps, TimeProvider time, long origin, CaptureClock clock)
{
    private const int MaximumEncoderFailures = 3;

    private PartRecorder? part;
    private int begun;
    private int encoderFailures;

    public CaptureClock Clock => clock;

    private long NowMs => (long)time.GetElapsedTime(origin).TotalMilliseconds;

    /// <summary>As <see cref="PartRecorder.DueMs"/>.</summary>
    public long? DueMs(bool dirty) => part?.DueMs(dirty);

    /// <summary>Begins a part: the first, or the one after that which was ended.</summary>
    /// <param name="blanked">Nothing of the screen may be seen now.</param>
    /// <param name="gapCause">Why the part before it ended, where that left a gap.</param>
    /// <exception cref="EncoderException">None works any more.</exception>
    public void Open(bool blanked, string? gapCause = null) => Guarded(blanked, () =>
    {
        stage.Capture.Watch(true);
        part = new PartRecorder(stage, sink, captureId, begun++, maximumFps, time, origin, clock);
        part.Begin(blanked, gapCause);
    });

    public void Step(bool blanked) => Guarded(blanked, () => part!.Step(NowMs, blanked));

    public void Key(bool blanked) => Guarded(blanked, () => part!.Key(NowMs, blanked));

    /// <summary>From now on the pictures are black, or show the screen again.</summary>
    public void Show(bool blanked) => Guarded(blanked, () =>
    {
        if (blanked)
            part!.Blank(NowMs);
        else
            part!.Resume(NowMs);
    });

    /// <param name="unseen">Nothing more is fetched for it.</param>
    /// <param name="problem">Why it ends before its time, or null.</param>
    public void End(bool unseen, string? problem = null)
    {
        part?.End(NowMs, unseen, problem);
        part = null;
    }

    private void Guarded(bool blanked, Action step)
    {
        try
        {
            step();
        }
        catch (EncoderException e)
        {
            End(unseen: true, e.Message);
            if (++encoderFailures > MaximumEncoderFailures)
                throw;
            stage.Reopen(stage.Settings, e.Message);
            Open(blanked, "encoder-failed");
        }
    }
}
