using System.Buffers.Binary;
using Tandem.Media.Net;
using Tandem.Media.Rtp;

namespace Tandem.Media.Bench;

/// <summary>Counts the packets of the measured time that came back, and how long each was away.</summary>
internal sealed class DelayCounter : IDatagramReceiver
{
    private const int BucketUs = 10;
    private readonly long[] _buckets = new long[20_000];

    public long Count { get; private set; }

    public long MostUs { get; private set; }

    /// <summary>Writes a payload that tells when it was sent; 0 where it is not to be counted.</summary>
    public static void Stamp(Span<byte> datagram, long sentUs) =>
        BinaryPrimitives.WriteInt64BigEndian(datagram[RtpPacket.HeaderBytes..], sentUs);

    public void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs)
    {
        if (datagram.Length < RtpPacket.HeaderBytes + 160)
            return;
        var sentUs = BinaryPrimitives.ReadInt64BigEndian(datagram[RtpPacket.HeaderBytes..]);
        if (sentUs == 0)
            return;
        var awayUs = Math.Max(0, arrivalUs - sentUs);
        Count++;
        MostUs = Math.Max(MostUs, awayUs);
        _buckets[Math.Min(_buckets.Length - 1, awayUs / BucketUs)]++;
    }

    public long PercentileUs(double share)
    {
        long below = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            below += _buckets[i];
            if (below >= Count * share)
                return (i + 1) * BucketUs;
        }
        return 0;
    }
}
