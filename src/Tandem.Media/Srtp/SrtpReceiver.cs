using System.Buffers.Binary;
using Tandem.Media.Rtp;

namespace Tandem.Media.Srtp;

/// <summary>Opens what a peer protected under its master key. Sources are known by their SSRC, and only after a packet of
/// theirs proved authentic. Allocates nothing per packet of a known source.</summary>
public sealed class SrtpReceiver : IDisposable
{
    private const int MostSources = 64;
    private readonly SrtpTransform _rtp;
    private readonly SrtpTransform _rtcp;
    private readonly Dictionary<uint, SrtpSource> _sources = [];
    private readonly Dictionary<uint, SrtpSource> _reporters = [];

    public SrtpReceiver(SrtpKey key) : this(SrtpTransform.Create(key, false), SrtpTransform.Create(key, true))
    {
    }

    internal SrtpReceiver(SrtpTransform rtp, SrtpTransform rtcp) => (_rtp, _rtcp) = (rtp, rtcp);

    /// <summary>Packets that were forged, repeated or damaged.</summary>
    public long Refused { get; private set; }

    /// <summary>Opens a packet in place.</summary>
    /// <param name="bytes">Its length without the tag.</param>
    /// <returns>False for what is forged, repeated or damaged.</returns>
    public bool TryUnprotect(Span<byte> packet, out int bytes)
    {
        bytes = -1;
        // Padding is encrypted with the payload: its count is not known yet, and the header alone is looked at.
        if (RtpPacket.TryParseHeader(packet, out var header))
        {
            _sources.TryGetValue(header.Ssrc, out var source);
            var index = source.Estimate(header.Sequence);
            if (index >= 0 && !source.IsOld(index) && (bytes = _rtp.Open(packet, header.PayloadOffset, header.Ssrc, (ulong)index)) >= 0)
                Keep(_sources, header.Ssrc, source.With(index));
        }
        if (bytes >= 0)
            return true;
        Refused++;
        return false;
    }

    /// <summary>Opens a compound RTCP packet in place.</summary>
    public bool TryUnprotectReport(Span<byte> packet, out int bytes)
    {
        bytes = _rtcp.OpenReport(packet, out var index);
        if (bytes >= 0)
        {
            var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
            _reporters.TryGetValue(ssrc, out var source);
            if (!source.IsOld(index))
            {
                Keep(_reporters, ssrc, source.With(index));
                return true;
            }
        }
        Refused++;
        return false;
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private static void Keep(Dictionary<uint, SrtpSource> sources, uint ssrc, SrtpSource source)
    {
        if (sources.Count < MostSources || sources.ContainsKey(ssrc))
            sources[ssrc] = source;
    }
}
