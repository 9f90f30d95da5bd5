namespace Tandem.ScreenRecordingService.Capture;

/// <summary>A key frame first, then after 60 s or 100 coded frames, whichever comes first, with the next change.</summary>
internal sealed class KeyFrameRule
{
    private const long MaximumMs = 60_000;
    private const int MaximumFrames = 100;

    private long? lastKeyMs;
    private int frames;

    public bool IsDue(long nowMs) => lastKeyMs is not { } last || nowMs - last >= MaximumMs || frames >= MaximumFrames;

    public void Coded(long nowMs, bool key)
    {
        if (key)
        {
            lastKeyMs = nowMs;
            frames = 0;
        }
        frames++;
    }
}
