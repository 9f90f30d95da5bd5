namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Tells once when a peer that should send has sent neither RTP nor RTCP for a while: it may have died.</summary>
internal sealed class LegSilence
{
    private long _heardUs;
    private bool _isTold;

    /// <summary>A packet of the peer came, or it was agreed anew what it sends.</summary>
    public void Heard(long nowUs) => (_heardUs, _isTold) = (nowUs, false);

    /// <summary>True when the silence has just become longer than the limit. A peer that may not send is not waited for.</summary>
    /// <param name="limitUs">0: no silence is too long.</param>
    public bool Judge(MediaLeg leg, long nowUs, long limitUs)
    {
        if (limitUs == 0 || leg.Media is not { PeerSends: true })
            return false;
        if (_isTold || nowUs - Math.Max(_heardUs, leg.Reports.HeardUs) < limitUs)
            return false;
        return _isTold = true;
    }
}
