using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Takes, codes and delivers the pictures of one part. A picture's time is that at which its pixels had been
/// fetched, so that it never shows what came later.</summary>
/// <param name="origin">Timestamp of <paramref name="time"/> from which every time in here is counted, in milliseconds.</param>
/// <param name="clock">Names instants to others.</param>
internal sealed class PartRecorder(
    CaptureStage stage, ICaptureSink sink, string captureId, int number, int maximumFps, TimeProvider time, long origin, CaptureClock clock)
{
    private readonly Pacing pacing = new(maximumFps);
    private readonly KeyFrameRule keys = new();
    private readonly Refinement refinement = new(stage.Picture.Columns * stage.Picture.Rows);
    private readonly FragmentAssembler assembler = new(new FragmentedMp4Writer(stage.Encoder.Track));
    private CursorShape? drawn;
    private long startMs = -1;
    private long lastMs;
    private long frames;
    private long dropped;

    /// <summary>When <see cref="Step"/> must run again at the latest; null: only when something changes.</summary>
    public long? DueMs(bool dirty)
    {
        var due = dirty ? pacing.NextMs : long.MaxValue;
        if (assembler.DueMs is { } fragment)
            due = Math.Min(due, fragment + startMs);
        if (refinement.DueMs is { } refine)
            due = Math.Min(due, refine);
        return due == long.MaxValue ? null : due;
    }

    /// <summary>The first picture: everything, a key frame, delivered at once.</summary>
    /// <param name="gapCause">Why the part before it ended, where that left a gap.</param>
    public void Begin(bool paused, string? gapCause = null)
    {
        if (paused)
            stage.Picture.Blank();
        else
            Fetch(everything: true);
        var taken = time.GetTimestamp();
        startMs = (long)time.GetElapsedTime(origin, taken).TotalMilliseconds;
        var firstFrameUs = clock.At(taken);
        var track = stage.Encoder.Track;
        sink.Begun(
            new PartBegun(captureId, number, firstFrameUs, clock.SteadyUs(taken), track.CodecString, track.Width, track.Height, stage.Monitors, stage.Encoder.Name, gapCause),
            new FragmentedMp4Writer(track).InitSegment());
        if (paused)
            stage.Capture.Discard();
        else
            stage.Picture.Convert(drawn);
        pacing.Framed(startMs, stage.Picture.Changed.Length, stage.Picture.Changed.Length);
        Code(startMs, key: true, refine: false);
        Deliver(startMs);
    }

    /// <summary>Does what is due.</summary>
    public void Step(long nowMs, bool paused)
    {
        if (!paused && stage.Capture.Dirty && nowMs >= pacing.NextMs)
            Picture(everything: false);
        if (!paused && refinement.DueMs <= nowMs)
            Refine(nowMs);
        if (assembler.DueMs + startMs <= nowMs)
            Deliver(nowMs);
    }

    /// <summary>A black picture, and no trace of what was not yet coded.</summary>
    public void Blank(long nowMs)
    {
        stage.Picture.Blank();
        stage.Capture.Discard();
        refinement.Done();
        drawn = null;
        Code(nowMs, key: true, refine: false);
        Deliver(nowMs);
    }

    /// <summary>The picture as it is, so that whoever joins now sees it.</summary>
    public void Key(long nowMs)
    {
        Code(nowMs, key: true, refine: false);
        Deliver(nowMs);
    }

    public void Resume(long nowMs)
    {
        Picture(everything: true);
        Deliver(nowMs);
    }

    /// <summary>Takes what changed last, and one more picture that pins the end.</summary>
    public void End(long nowMs, bool paused, string? problem)
    {
        try
        {
            if (problem is null && !paused && stage.Capture.Dirty)
                Picture(everything: false);
            if (problem is null && nowMs > lastMs)
                Code(nowMs, key: false, refine: false);
        }
        catch (EncoderException e)
        {
            problem = e.Message;
        }
        Deliver(nowMs);
        sink.Ended(new PartEnded(captureId, number, Math.Max(nowMs, lastMs) - startMs, frames, dropped, problem));
    }

    private void Picture(bool everything)
    {
        Fetch(everything);
        var nowMs = (long)time.GetElapsedTime(origin).TotalMilliseconds;
        var picture = stage.Picture;
        if (picture.ChangedCount == 0)
        {
            pacing.Looked(nowMs);
            return;
        }
        picture.Convert(drawn);
        refinement.Coded(nowMs, picture.Changed, picture.ChangedCount);
        pacing.Framed(nowMs, picture.ChangedCount, picture.Changed.Length);
        Code(nowMs, keys.IsDue(nowMs) || everything, refine: false);
    }

    private void Fetch(bool everything)
    {
        stage.Capture.Fetch(stage.Picture, everything);
        DrawCursor(stage.Picture);
    }

    private void DrawCursor(ScreenPicture picture)
    {
        var cursor = stage.Cursor();
        // The pointer does not scroll along with what is below it.
        foreach (var shape in (ReadOnlySpan<CursorShape?>)[drawn, cursor])
        {
            if (shape is not null)
                picture.Scrolled.Exclude(shape.X, shape.Y, shape.Width, shape.Height);
        }
        if (ReferenceEquals(cursor, drawn))
            return;
        if (drawn is not null)
            picture.Touch(drawn.X, drawn.Y, drawn.Width, drawn.Height);
        if (cursor is not null)
            picture.Touch(cursor.X, cursor.Y, cursor.Width, cursor.Height);
        drawn = cursor;
    }

    private void Refine(long nowMs)
    {
        stage.Picture.Touch(refinement.Tiles);
        refinement.Done();
        Code(nowMs, key: false, refine: true);
    }

    private void Code(long nowMs, bool key, bool refine)
    {
        var timeMs = frames == 0 ? nowMs : Math.Max(nowMs, lastMs + 1);
        var began = time.GetTimestamp();
        var coded = stage.Encode(timeMs, key, refine);
        stage.Picture.ClearChanges();
        dropped += (long)time.GetElapsedTime(began).TotalMilliseconds * maximumFps / 1_000;
        keys.Coded(timeMs, coded.Key);
        // A key frame begins a fragment: whoever joins, live or by seeking, can begin with it.
        if (coded.Key)
            Deliver(timeMs);
        assembler.Add(coded, timeMs - startMs);
        lastMs = timeMs;
        frames++;
    }

    private void Deliver(long nowMs)
    {
        if (assembler.Take(nowMs - startMs) is { } fragment)
            sink.Fragment(fragment);
    }
}
