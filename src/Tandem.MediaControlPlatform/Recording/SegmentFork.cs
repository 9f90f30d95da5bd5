using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Sends both channels of a segment to another recorder while they are spoken, as two streams of G.711. Late packets
/// find their place as in a mix; a pause is silence here too. Lives on the engine's thread.</summary>
/// <param name="one">The leg that carries channel 1.</param>
/// <param name="two">The leg that carries channel 2.</param>
internal sealed class SegmentFork(MediaLeg one, MediaLeg two)
{
    private const long FrameUs = 20_000;
    private long _toUs;

    public void Tick(List<Contribution> contributions, SegmentLedger ledger, long nowUs)
    {
        var rightUs = (nowUs - ConferenceMixer.DelayUs) / FrameUs * FrameUs;
        // Goes on frame by frame; jumps only when it lost step.
        var fromUs = _toUs = Math.Abs(rightUs - FrameUs - _toUs) > 3 * FrameUs ? rightUs - FrameUs : _toUs;
        _toUs += FrameUs;
        ChannelMix.Take(contributions, fromUs, _toUs, AudioCodec.NarrowRate, out var first, out var second);
        ledger.Silence(first, second, fromUs, AudioCodec.NarrowRate);
        Send(one, first, nowUs);
        Send(two, second, nowUs);
    }

    private static void Send(MediaLeg leg, ReadOnlySpan<short> pcm, long nowUs)
    {
        if (leg.Media is { PeerReceives: true } && !leg.Target.IsNone)
            leg.Output.SendFrame(leg, leg.Encoder!, pcm, nowUs);
    }
}
