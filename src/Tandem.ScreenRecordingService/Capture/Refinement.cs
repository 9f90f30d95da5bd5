namespace Tandem.ScreenRecordingService.Capture;

/// <summary>After a big change (scrolling, a new page) its tiles are coded once more at a better quality when it is over,
/// because they are what is read then; after a key frame amid a capture all of them are, for it undid what had been refined.</summary>
internal sealed class Refinement(int tiles)
{
    private const int BigShare = 4;
    private const long RestMs = 1_000;

    private readonly byte[] pending = new byte[tiles];

    /// <summary>When to refine <see cref="Tiles"/>, or null.</summary>
    public long? DueMs { get; private set; }

    public ReadOnlySpan<byte> Tiles => pending;

    public void Coded(long nowMs, ReadOnlySpan<byte> changed, int changedCount)
    {
        if (changedCount * BigShare < tiles)
            return;
        for (var i = 0; i < pending.Length; i++)
            pending[i] |= changed[i];
        DueMs = nowMs + RestMs;
    }

    /// <summary>After a key frame.</summary>
    public void CodedWhole(long nowMs)
    {
        Array.Fill(pending, (byte)1);
        DueMs = nowMs + RestMs;
    }

    public void Done()
    {
        Array.Clear(pending);
        DueMs = null;
    }
}
