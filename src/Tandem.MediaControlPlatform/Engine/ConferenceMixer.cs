using System.Numerics;
using Tandem.Media.Codecs;
using Tandem.Media.Placement;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Mixes what the legs said and gives each the sum without its own voice. The tracks are the jitter buffer: the mix
/// is made from what was said <see cref="DelayUs"/> ago, and of a leg whose packets come later still, longer ago.</summary>
internal sealed class ConferenceMixer
{
    /// <summary>Room for packets that come late.</summary>
    public const long DelayUs = 60_000;
    private const int FrameMs = 20;

    /// <summary>How far back it reads at most.</summary>
    public const long ReachUs = DelayUs + ((PlayoutLag.MostMs + (2 * FrameMs)) * 1000);
    private short[][] _own = [];
    private readonly int[] _sum = new int[AudioCodec.WideRate * FrameMs / 1000];
    private readonly short[] _mix = new short[AudioCodec.WideRate * FrameMs / 1000];
    private long _positionMs;

    /// <summary>One frame of 20 ms to each leg.</summary>
    /// <param name="dueUs">When this tick was due. After a stall several are made up for at one moment; each has its own frame.</param>
    public void Tick(IReadOnlyList<MediaLeg> legs, long dueUs, long nowUs)
    {
        _positionMs = ((dueUs - DelayUs) / 1000 / FrameMs * FrameMs) - FrameMs;
        for (var i = 0; i < legs.Count; i++)
        {
            if (legs[i] is { Track: { } track, Media.PeerSends: true } leg)
                leg.Lag.Follow(track, leg.SpokenTo, _positionMs, FrameMs);
        }
        MixAt(legs, AudioCodec.NarrowRate, nowUs);
        MixAt(legs, AudioCodec.WideRate, nowUs);
    }

    private void MixAt(IReadOnlyList<MediaLeg> legs, int rate, long nowUs)
    {
        if (!AnyHearsAt(legs, rate))
            return;
        var count = rate * FrameMs / 1000;
        Gather(legs, rate, count);
        for (var i = 0; i < legs.Count; i++)
        {
            var leg = legs[i];
            if (!Hears(leg, rate))
                continue;
            for (var k = 0; k < count; k++)
                _mix[k] = (short)Math.Clamp(_sum[k] - _own[i][k], short.MinValue, short.MaxValue);
            leg.Hearing.Apply(_mix.AsSpan(0, count));
            leg.Output.SendFrame(leg, leg.Encoder!, _mix.AsSpan(0, count), nowUs);
        }
    }

    private void Gather(IReadOnlyList<MediaLeg> legs, int rate, int count)
    {
        if (_own.Length < legs.Count)
            _own = [.. _own, .. Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)legs.Count) - _own.Length)
                .Select(_ => new short[AudioCodec.WideRate * FrameMs / 1000])];
        var sum = _sum.AsSpan(0, count);
        sum.Clear();
        for (var i = 0; i < legs.Count; i++)
        {
            var own = _own[i].AsSpan(0, count);
            if (legs[i].Track is { } track && legs[i].Media!.PeerSends)
                TrackReader.Read(track, (_positionMs - legs[i].Lag.Ms) * rate / 1000, own, rate);
            else
                own.Clear();
            legs[i].Speaking.Apply(own);
            for (var k = 0; k < count; k++)
                sum[k] += own[k];
        }
    }

    private static bool AnyHearsAt(IReadOnlyList<MediaLeg> legs, int rate)
    {
        for (var i = 0; i < legs.Count; i++)
        {
            if (Hears(legs[i], rate))
                return true;
        }
        return false;
    }

    private static bool Hears(MediaLeg leg, int rate) =>
        leg.Media is { PeerReceives: true } media && media.Codec.SampleRate == rate
        && leg.Player is null && !leg.IsDeaf && !leg.Target.IsNone;
}
