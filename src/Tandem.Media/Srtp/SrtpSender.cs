using Tandem.Media.Rtp;

namespace Tandem.Media.Srtp;

/// <summary>Protects what we send under our master key: one source of RTP and its RTCP. Allocates nothing per packet.</summary>
public sealed class SrtpSender : IDisposable
{
    private readonly SrtpTransform _rtp;
    private readonly SrtpTransform _rtcp;
    private RtpSequence _sequence;
    private uint _report;

    public SrtpSender(SrtpKey key) : this(SrtpTransform.Create(key, false), SrtpTransform.Create(key, true))
    {
    }

    internal SrtpSender(SrtpTransform rtp, SrtpTransform rtcp) => (_rtp, _rtcp) = (rtp, rtcp);

    /// <summary>Protects a packet in place.</summary>
    /// <param name="packet">With <see cref="SrtpSuite.GrowthBytes"/> of room behind <paramref name="bytes"/>.</param>
    /// <returns>The length to send, or 0 for what cannot be sent: not RTP, or older than the stream's first packet.</returns>
    public int Protect(Span<byte> packet, int bytes)
    {
        if (!RtpPacket.TryParse(packet[..bytes], out var parsed))
            return 0;
        var index = _sequence.Unwrap(parsed.Sequence) - 65_536;
        return index < 0 ? 0 : _rtp.Seal(packet, bytes, parsed.PayloadOffset, parsed.Ssrc, (ulong)index);
    }

    /// <summary>Protects a compound RTCP packet in place; room as above.</summary>
    public int ProtectReport(Span<byte> packet, int bytes) => _rtcp.SealReport(packet, bytes, ++_report & 0x7FFF_FFFF);

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }
}
