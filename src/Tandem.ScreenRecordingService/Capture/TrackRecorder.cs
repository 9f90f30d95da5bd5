using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Codes and delivers the pictures of one track of a part. All times are milliseconds on one axis.</summary>
/// <param name="maximumFps">By which it is told how many pictures an encoder that takes long has cost.</param>
internal sealed class TrackRecorder(StageTrack track, FragmentAssembler assembler, Action<Fragment> deliver, int maximumFps, TimeProvider time)
{
    private readonly KeyFrameRule keys = new();
    private readonly Refinement refinement = new(track.Picture.Columns * track.Picture.Rows);
    private CursorShape? drawn;

    public long LastMs { get; private set; }
    public long Frames { get; private set; }
    public long Dropped { get; private set; }
    public int ChangedTiles => track.Picture.ChangedCount;
    public int Tiles => track.Picture.Changed.Length;

    /// <summary>When <see cref="Step"/> must run again at the latest; null: only when something changes.</summary>
    public long? DueMs => assembler.DueMs < (refinement.DueMs ?? long.MaxValue) ? assembler.DueMs : refinement.DueMs;

    /// <summary>Marks what the pointer, drawn over what was fetched, changes.</summary>
    /// <param name="cursor">On the display.</param>
    public void DrawCursor(CursorShape? cursor)
    {
        var picture = track.Picture;
        var own = track.Own(cursor);
        // The pointer does not scroll along with what is below it.
        foreach (var shape in (ReadOnlySpan<CursorShape?>)[drawn, own])
        {
            if (shape is not null)
                picture.Scrolled.Exclude(shape.X, shape.Y, shape.Width, shape.Height);
        }
        if (ReferenceEquals(own, drawn))
            return;
        if (drawn is not null)
            picture.Touch(drawn.X, drawn.Y, drawn.Width, drawn.Height);
        if (own is not null)
            picture.Touch(own.X, own.Y, own.Width, own.Height);
        drawn = own;
    }

    /// <summary>The first picture: a key frame, delivered at once.</summary>
    public void Begin(long nowMs, bool blanked)
    {
        if (!blanked)
            track.Picture.Convert(drawn);
        CodeKey(nowMs);
    }

    /// <summary>What was fetched, where it differs.</summary>
    public void Take(long nowMs, bool key)
    {
        var picture = track.Picture;
        if (picture.ChangedCount == 0)
            return;
        picture.Convert(drawn);
        var whole = key || keys.IsDue(nowMs);
        if (whole)
            refinement.CodedWhole(nowMs);
        else
            refinement.Coded(nowMs, picture.Changed, picture.ChangedCount);
        Code(nowMs, whole, refine: false);
    }

    /// <summary>Does what is due.</summary>
    public void Step(long nowMs, bool blanked)
    {
        if (!blanked && refinement.DueMs <= nowMs)
            Refine(nowMs);
        if (assembler.DueMs <= nowMs)
            Deliver(nowMs);
    }

    /// <summary>A black picture, and no trace of what was not yet coded.</summary>
    public void Blank(long nowMs)
    {
        track.Picture.Blank();
        refinement.Done();
        drawn = null;
        CodeKey(nowMs);
    }

    /// <summary>The picture as it is, delivered at once, so that whoever joins now sees it.</summary>
    public void Key(long nowMs, bool blanked)
    {
        if (!blanked)
            refinement.CodedWhole(nowMs);
        CodeKey(nowMs);
    }

    /// <summary>One more picture that pins the end.</summary>
    public void Pin(long nowMs)
    {
        if (nowMs > LastMs)
            Code(nowMs, key: false, refine: false);
    }

    public void Deliver(long nowMs)
    {
        if (assembler.Take(nowMs) is { } fragment)
            deliver(fragment);
    }

    private void CodeKey(long nowMs)
    {
        Code(nowMs, key: true, refine: false);
        Deliver(nowMs);
    }

    private void Refine(long nowMs)
    {
        track.Picture.Touch(refinement.Tiles);
        refinement.Done();
        Code(nowMs, key: false, refine: true);
    }

    private void Code(long nowMs, bool key, bool refine)
    {
        var timeMs = Frames == 0 ? nowMs : Math.Max(nowMs, LastMs + 1);
        var began = time.GetTimestamp();
        var coded = track.Encode(timeMs, key, refine);
        track.Picture.ClearChanges();
        Dropped += (long)time.GetElapsedTime(began).TotalMilliseconds * maximumFps / 1_000;
        keys.Coded(timeMs, coded.Key);
        // A key frame begins a fragment: whoever joins, live or by seeking, can begin with it.
        if (coded.Key)
            Deliver(timeMs);
        assembler.Add(coded, timeMs);
        LastMs = timeMs;
        Frames++;
    }
}
