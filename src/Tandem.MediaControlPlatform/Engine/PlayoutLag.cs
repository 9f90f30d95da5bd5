using Tandem.Media.Placement;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>By how much a mix plays a leg later than the others, because its packets come that late: a way through the network
/// that became longer, a sender that fell behind. Grows at once, shrinks in silence only. Recordings are placed by RTP
/// timestamp and know nothing of it.</summary>
internal sealed class PlayoutLag
{
    /// <summary>Beyond a second the placer begins the stream anew.</summary>
    public const int MostMs = 1000;
    private const int WindowTicks = 200;
    private long _spokenTo;
    private long _leastMs = long.MaxValue;
    private int _ticks;

    public int Ms { get; private set; }

    /// <summary>Looks at every tick whether the frame that is played next has come.</summary>
    /// <param name="spokenTo">Number of the sample after the last that came.</param>
    /// <param name="positionMs">Where the next frame begins, without the lag.</param>
    /// <param name="frameMs">Length of a frame, and the step in which the lag changes.</param>
    public void Follow(CallTrack track, long spokenTo, long positionMs, int frameMs)
    {
        // Nothing new came: a loss, a rest, or the end; none of them is mended by waiting.
        if (spokenTo == _spokenTo)
            return;
        _spokenTo = spokenTo;
        var leadMs = (spokenTo * 1000 / track.Rate) - (positionMs - Ms) - frameMs;
        if (leadMs < 0)
        {
            Ms = (int)Math.Min(MostMs, Ms + ((frameMs - 1 - leadMs) / frameMs * frameMs));
            Begin();
            return;
        }
        _leastMs = Math.Min(_leastMs, leadMs);
        if (++_ticks < WindowTicks)
            return;
        // A frame of room stays.
        var spares = Ms > 0 && _leastMs >= 2 * frameMs;
        if (spares && !track.IsSilent((positionMs - Ms) * track.Rate / 1000, track.Rate * frameMs / 1000))
            return;
        if (spares)
            Ms -= frameMs;
        Begin();
    }

    private void Begin() => (_leastMs, _ticks) = (long.MaxValue, 0);
}
