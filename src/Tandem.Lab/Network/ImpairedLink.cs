using System.Buffers.Binary;
using Tandem.Media.Rtp;

namespace Tandem.Lab.Network;

/// <summary>One direction of RTP through a bad network. It only says which packets arrive when: the same code impairs real
/// sockets and virtual time. Not thread-safe.</summary>
public sealed class ImpairedLink(Impairment impairment)
{
    /// <summary>How long a packet waits that later ones are to overtake: two of 20 ms.</summary>
    private const int HeldBackUs = 45_000;

    private readonly Random _chance = new(impairment.Seed);
    private RtpTimestamp _timestamps;
    private uint _heard;
    private long _firstTimestamp;
    private long _firstUs = -1;
    private long _epoch;
    private uint _source;
    private uint _timestampShift;
    private ushort _sequenceShift;

    /// <param name="datagram">Anything but RTP passes unharmed.</param>
    /// <param name="sentUs">Microseconds of any steady clock.</param>
    /// <param name="deliver">Called for each copy that arrives, with its own bytes and its time; in no order of time.</param>
    public void Pass(ReadOnlySpan<byte> datagram, long sentUs, Action<byte[], long> deliver)
    {
        var bytes = datagram.ToArray();
        if (!RtpPacket.TryParse(datagram, out var packet))
        {
            deliver(bytes, sentUs);
            return;
        }
        Rewrite(bytes, packet, sentUs);
        if (Happens(impairment.LossPercent))
            return;
        var heldBackUs = Happens(impairment.ReorderPercent) ? HeldBackUs : 0;
        deliver(bytes, sentUs + heldBackUs + JitterUs());
        if (Happens(impairment.DuplicatePercent))
            deliver([.. bytes], sentUs + heldBackUs + JitterUs());
    }

    /// <summary>A clock that runs fast by so much counts so many timestamp units more; a new source counts from elsewhere
    /// (RFC 3550 §5.1).</summary>
    private void Rewrite(Span<byte> datagram, in RtpPacket packet, long sentUs)
    {
        if (_firstUs < 0 || packet.Ssrc != _heard)
            Begin(packet, sentUs);
        var spoken = _timestamps.Unwrap(packet.Timestamp) - _firstTimestamp;
        var skew = (long)Math.Round(spoken * impairment.SkewPpm / 1e6);
        var epoch = impairment.NewSourceEverySeconds > 0
            ? (long)((sentUs - _firstUs) / (impairment.NewSourceEverySeconds * 1e6)) : 0;
        if (epoch != _epoch)
            (_epoch, _source, _timestampShift, _sequenceShift) = (epoch, Number(), Number(), (ushort)Number());
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], (ushort)(packet.Sequence + _sequenceShift));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], packet.Timestamp + (uint)skew + _timestampShift);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], _source);
    }

    private void Begin(in RtpPacket packet, long sentUs)
    {
        (_heard, _source, _firstUs, _epoch) = (packet.Ssrc, packet.Ssrc, sentUs, 0);
        (_timestampShift, _sequenceShift, _timestamps) = (0, 0, default);
        _firstTimestamp = _timestamps.Unwrap(packet.Timestamp);
    }

    private uint Number() => (uint)_chance.NextInt64(1, uint.MaxValue);

    private bool Happens(double percent) => percent > 0 && _chance.NextDouble() * 100 < percent;

    private long JitterUs() => impairment.JitterMs > 0 ? (long)(_chance.NextDouble() * impairment.JitterMs * 1000) : 0;
}
