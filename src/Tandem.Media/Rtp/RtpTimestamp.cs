namespace Tandem.Media.Rtp;

/// <summary>Turns 32-bit media timestamps into ones that do not wrap, by nearness to the last one.</summary>
public struct RtpTimestamp
{
    private long _last;
    private bool _started;

    /// <returns>The extended timestamp; the first one keeps its value.</returns>
    public long Unwrap(uint timestamp)
    {
        if (!_started)
        {
            _started = true;
            return _last = timestamp;
        }
        return _last += (int)(timestamp - (uint)_last);
    }
}
