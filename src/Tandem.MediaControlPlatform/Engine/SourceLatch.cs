using Tandem.Media.Net;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Symmetric RTP (RFC 4961) with bounded latching: the signalled address is believed at once; another source only
/// as the first within a window after each offer and answer. Afterwards nobody else is heard.</summary>
internal struct SourceLatch
{
    private const long WindowUs = 10_000_000;
    private MediaAddress _signalled;
    private MediaAddress _source;
    private long _windowEndUs;

    /// <summary>Where to send: the proven source, else what was signalled.</summary>
    public readonly MediaAddress Target => _source.IsNone ? _signalled : _source;

    /// <summary>A new description: the old source stays good when its address did not change.</summary>
    public void Signal(MediaAddress signalled, long nowUs)
    {
        if (signalled != _signalled)
            _source = default;
        _signalled = signalled;
        _windowEndUs = nowUs + WindowUs;
    }

    /// <summary>Whether a packet of this source belongs to the leg.</summary>
    public bool Accept(MediaAddress source, long nowUs)
    {
        if (source == _source)
            return true;
        if (source != _signalled && (!_source.IsNone || !MayLatch(source, nowUs)))
            return false;
        _source = source;
        return true;
    }

    private readonly bool MayLatch(MediaAddress source, long nowUs) =>
        nowUs < _windowEndUs || source.Ip == _signalled.Ip;
}
