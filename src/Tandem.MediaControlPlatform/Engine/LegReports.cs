using Tandem.Media.Rtcp;
using Tandem.Media.Rtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>RTCP of one leg (RFC 3550 §6): a sender report with one block every five seconds, and what the peer's own
/// reports say.</summary>
internal sealed class LegReports
{
    private const long EveryUs = 5_000_000;
    private readonly byte[] _datagram = new byte[64];
    private RtpStatistics? _statistics;
    private uint _source;
    private uint _lastReport;
    private long _lastReportUs;
    private long _nextUs;

    /// <summary>Share of our packets that the peer said it missed, out of 256.</summary>
    public byte PeerFractionLost { get; private set; }

    /// <summary>Packets of the peer that never came.</summary>
    public long Lost => _statistics?.Lost ?? 0;

    /// <summary>When the peer's last RTCP came; 0 before.</summary>
    public long HeardUs { get; private set; }

    /// <summary>Counts one packet of voice.</summary>
    public void Add(in RtpPacket packet, int clockRate, long arrivalUs)
    {
        if (_statistics is null || packet.Ssrc != _source)
            (_statistics, _source) = (new RtpStatistics(clockRate), packet.Ssrc);
        _statistics.Add(packet.Sequence, packet.Timestamp, arrivalUs);
    }

    public void Receive(ReadOnlySpan<byte> compound, long arrivalUs)
    {
        HeardUs = arrivalUs;
        while (RtcpPacket.TryNext(ref compound, out var type, out var count, out var body))
        {
            var blocks = body.Length >= 4 ? body[4..] : default;
            if (type == RtcpPacket.SenderReportType && RtcpPacket.TryReadSenderInfo(body, out _, out var info))
            {
                (_lastReport, _lastReportUs) = ((uint)(info.NtpTime >> 16), arrivalUs);
                blocks = body[24..];
            }
            else if (type != RtcpPacket.ReceiverReportType)
            {
                continue;
            }
            if (count > 0 && RtcpPacket.TryReadBlock(blocks, 0, out var block))
                PeerFractionLost = block.FractionLost;
        }
    }

    /// <summary>Sends a report when one is due.</summary>
    public void Tick(MediaLeg leg, long nowUs, long utcUs)
    {
        if (nowUs < _nextUs)
            return;
        _nextUs = nowUs + EveryUs;
        if (leg.Rtcp is not { } port || leg.Target.IsNone || leg.Media is not { } media || leg.Output.Packets == 0)
            return;
        var (timestamp, sentUs) = leg.Output.Last;
        var passed = (uint)((nowUs - sentUs) * media.Codec.ClockRate / 1_000_000);
        var info = new SenderInfo(
            SenderInfo.NtpFromUtcUs(utcUs), timestamp + passed, (uint)leg.Output.Packets, (uint)leg.Output.Octets);
        var bytes = RtcpPacket.WriteSenderReport(_datagram, leg.Output.Ssrc, info, Block(nowUs));
        port.Send(_datagram.AsSpan(0, bytes), leg.Target with { Port = (ushort)(leg.Target.Port + 1) });
    }

    private ReportBlock? Block(long nowUs) => _statistics is not { } heard
        ? null
        : new ReportBlock(
            _source,
            heard.TakeFractionLost(),
            (int)heard.Lost,
            heard.ExtendedHighest,
            (uint)heard.Jitter,
            _lastReport,
            _lastReport == 0 ? 0 : (uint)((nowUs - _lastReportUs) * 65_536 / 1_000_000));
}
