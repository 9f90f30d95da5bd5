using System.Security.Cryptography;
using System.Text;
using Tandem.Media.Rtcp;
using Tandem.Media.Rtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>RTCP of one leg (RFC 3550 §6): a sender or receiver report with one block and our name every five
/// seconds, and what the peer's own reports say.</summary>
internal sealed class LegReports
{
    private const long EveryUs = 5_000_000;
    private readonly byte[] _datagram = new byte[128];
    private readonly byte[] _name = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(12)));
    private RtpStatistics? _statistics;
    private uint _source;
    private uint _lastReport;
    private long _lastReportUs;
    private long _nextUs;

    /// <summary>Of the leg; null for RTCP in clear.</summary>
    public LegSecurity? Security { get; set; }

    /// <summary>What the last sender report says of the source heard now: its wall clock at one of its timestamps. Null before
    /// one came.</summary>
    public SenderInfo? LastSenderInfo { get; private set; }

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
            (_statistics, _source, LastSenderInfo, _lastReport) = (new RtpStatistics(clockRate), packet.Ssrc, null, 0);
        _statistics.Add(packet.Sequence, packet.Timestamp, arrivalUs);
    }

    /// <param name="datagram">A compound packet, opened in place.</param>
    public void Receive(Span<byte> datagram, long arrivalUs)
    {
        if (Security is { } security && !security.TryOpenReport(ref datagram))
            return;
        ReadOnlySpan<byte> compound = datagram;
        HeardUs = arrivalUs;
        while (RtcpPacket.TryNext(ref compound, out var type, out var count, out var body))
        {
            var blocks = body.Length >= 4 ? body[4..] : default;
            if (type == RtcpPacket.SenderReportType && RtcpPacket.TryReadSenderInfo(body, out var ssrc, out var info))
            {
                if (ssrc == _source)
                    (_lastReport, _lastReportUs, LastSenderInfo) = ((uint)(info.NtpTime >> 16), arrivalUs, info);
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
        if (leg.Rtcp is null || leg.Target.IsNone || leg.Media is not { } media)
            return;
        var bytes = Report(leg, media, nowUs, utcUs);
        bytes += RtcpPacket.WriteName(_datagram.AsSpan(bytes), leg.Output.Ssrc, _name);
        Send(leg, _datagram.AsSpan(0, bytes));
    }

    /// <summary>Says goodbye (RFC 3550 §6.6) to a peer that had reports of us.</summary>
    public void Close(MediaLeg leg)
    {
        if (leg.Rtcp is null || leg.Target.IsNone || _nextUs == 0)
            return;
        var bytes = RtcpPacket.WriteReceiverReport(_datagram, leg.Output.Ssrc, null);
        bytes += RtcpPacket.WriteName(_datagram.AsSpan(bytes), leg.Output.Ssrc, _name);
        bytes += RtcpPacket.WriteBye(_datagram.AsSpan(bytes), leg.Output.Ssrc);
        Send(leg, _datagram.AsSpan(0, bytes));
    }

    /// <summary>A sender report; where we have sent nothing, as to a forker, a receiver report.</summary>
    private int Report(MediaLeg leg, LegMedia media, long nowUs, long utcUs)
    {
        if (leg.Output.Packets == 0)
            return RtcpPacket.WriteReceiverReport(_datagram, leg.Output.Ssrc, Block(nowUs));
        var (timestamp, sentUs) = leg.Output.Last;
        var passed = (uint)((nowUs - sentUs) * media.Codec.ClockRate / 1_000_000);
        var info = new SenderInfo(
            SenderInfo.NtpFromUtcUs(utcUs), timestamp + passed, (uint)leg.Output.Packets, (uint)leg.Output.Octets);
        return RtcpPacket.WriteSenderReport(_datagram, leg.Output.Ssrc, info, Block(nowUs));
    }

    private void Send(MediaLeg leg, ReadOnlySpan<byte> compound)
    {
        var port = leg.Media is { RtcpPort: > 0 and var named } ? named : leg.Target.Port + 1;
        leg.Rtcp!.Send(Security is { } security ? security.SealReport(compound) : compound, leg.Target with { Port = (ushort)port });
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
