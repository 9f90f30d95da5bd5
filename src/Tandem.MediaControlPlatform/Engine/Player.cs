namespace Tandem.MediaControlPlatform.Engine;

/// <summary>What a leg hears instead of its conference, 20 ms at a time. It goes to the leg alone and is never
/// recorded.</summary>
internal abstract class Player
{
    public const int FramesPerSecond = 50;

    /// <summary>The MSML dialog that plays, or null for our own.</summary>
    public string? DialogId { get; init; }

    /// <summary>Told once, on the engine's thread: true when it played to its end, and for how many milliseconds.</summary>
    public Action<bool, long>? Ended { get; init; }

    /// <summary>Frames made so far.</summary>
    public long Frames { get; private set; }

    public abstract bool IsOver { get; }

    /// <summary>Makes the next 20 ms.</summary>
    /// <param name="rate">Samples per second, which may change on the way.</param>
    public void Fill(Span<short> pcm, int rate)
    {
        Make(pcm, rate, Frames);
        Frames++;
    }

    public void End(bool whole) => Ended?.Invoke(whole, Frames * 1000 / FramesPerSecond);

    /// <param name="frame">Number of the frame since the start.</param>
    protected abstract void Make(Span<short> pcm, int rate, long frame);
}
