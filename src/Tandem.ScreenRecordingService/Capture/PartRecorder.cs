using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Takes the pictures of one part and has its tracks code and deliver them. A picture's time is that at which its
/// pixels had been fetched, so that it never shows what came later.</summary>
/// <param name="origin">Timestamp of <paramref name="time"/> from which every time in here is counted, in milliseconds.</param>
/// <param name="clock">Names instants to others.</param>
internal sealed class PartRecorder(
    CaptureStage stage, ICaptureSink sink, string captureId, int number, int maximumFps, TimeProvider time, long origin, CaptureClock clock)
{
    private readonly Pacing pacing = new(maximumFps);
    private readonly List<TrackRecorder> tracks = Of(stage, sink, maximumFps, time);
    private long startMs = -1;

    /// <summary>When <see cref="Step"/> must run again at the latest; null: only when something changes.</summary>
    public long? DueMs(bool dirty)
    {
        var due = dirty ? pacing.NextMs : long.MaxValue;
        foreach (var track in tracks)
            due = Math.Min(due, track.DueMs ?? long.MaxValue);
        return due == long.MaxValue ? null : due;
    }

    /// <summary>The first pictures: everything, key frames, delivered at once.</summary>
    public void Begin(bool blanked, string? gapCause = null)
    {
        if (blanked)
            stage.Blank();
        else
            Fetch(everything: true);
        var taken = time.GetTimestamp();
        startMs = (long)time.GetElapsedTime(origin, taken).TotalMilliseconds;
        Announce(taken, gapCause);
        if (blanked)
            stage.Capture.Discard();
        pacing.Framed(startMs, 1, 1);
        foreach (var track in tracks)
            track.Begin(startMs, blanked);
    }

    /// <summary>Does what is due.</summary>
    public void Step(long nowMs, bool blanked)
    {
        if (!blanked && stage.Capture.Dirty && nowMs >= pacing.NextMs)
            Picture(everything: false);
        foreach (var track in tracks)
            track.Step(nowMs, blanked);
    }

    /// <summary>Black pictures, and no trace of what was not yet coded.</summary>
    public void Blank(long nowMs)
    {
        stage.Capture.Discard();
        foreach (var track in tracks)
            track.Blank(nowMs);
    }

    /// <summary>The pictures as they are, so that whoever joins now sees them.</summary>
    public void Key(long nowMs, bool blanked)
    {
        foreach (var track in tracks)
            track.Key(nowMs, blanked);
    }

    public void Resume(long nowMs)
    {
        Picture(everything: true);
        foreach (var track in tracks)
            track.Deliver(nowMs);
    }

    /// <summary>Takes what changed last, and one more picture of each track that pins the end.</summary>
    public void End(long nowMs, bool blanked, string? problem)
    {
        if (startMs < 0)
            return; // it never began
        try
        {
            if (problem is null && !blanked && stage.Capture.Dirty)
                Picture(everything: false);
            foreach (var track in problem is null ? tracks : [])
                track.Pin(nowMs);
        }
        catch (EncoderException e)
        {
            problem = e.Message;
        }
        foreach (var track in tracks)
            track.Deliver(nowMs);
        var lastMs = tracks.Max(track => track.LastMs);
        sink.Ended(new PartEnded(
            captureId, number, Math.Max(nowMs, lastMs) - startMs, tracks.Sum(track => track.Frames), tracks.Sum(track => track.Dropped), problem));
    }

    private static List<TrackRecorder> Of(CaptureStage stage, ICaptureSink sink, int maximumFps, TimeProvider time)
    {
        var writer = new FragmentedMp4Writer(stage.VideoTracks);
        return [.. stage.Tracks.Select((track, i) => new TrackRecorder(track, new FragmentAssembler(writer, i), sink.Fragment, maximumFps, time))];
    }

    private void Announce(long taken, string? gapCause)
    {
        var shown = stage.VideoTracks;
        var writer = new FragmentedMp4Writer(shown);
        sink.Begun(
            new PartBegun(
                captureId, number, clock.At(taken), clock.SteadyUs(taken), shown[0].CodecString, stage.Width, stage.Height, stage.Monitors, stage.EncoderName, gapCause,
                !stage.HasTrackPerMonitor ? null : [.. shown.Select((track, i) => new TrackBegun(track.CodecString, writer.InitSegment(i)))]),
            writer.InitSegment());
    }

    private void Picture(bool everything)
    {
        Fetch(everything);
        var nowMs = (long)time.GetElapsedTime(origin).TotalMilliseconds;
        var changed = tracks.Sum(track => track.ChangedTiles);
        if (changed == 0)
        {
            pacing.Looked(nowMs);
            return;
        }
        pacing.Framed(nowMs, changed, tracks.Sum(track => track.Tiles));
        foreach (var track in tracks)
            track.Take(nowMs, everything);
    }

    private void Fetch(bool everything)
    {
        stage.Fetch(everything);
        var cursor = stage.Capture.Cursor();
        foreach (var track in tracks)
            track.DrawCursor(cursor);
    }
}
