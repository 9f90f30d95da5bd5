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

    /// <summary>Whether a packet of this source may belong to the leg.</summary>
    public readonly bool Allows(MediaAddress source, long nowUs) =>
        source == _source || source == _signalled || (_source.IsNone && MayLatch(source, nowUs));

    /// <summary>Takes an allowed source for the leg's, once its packet has proved good.</summary>
    public void Take(MediaAddress source) => _source = source;

    private readonly bool MayLatch(MediaAddress source, long nowUs) =>
        nowUs < _windowEndUs || source.Ip == _signalled.Ip;
}
