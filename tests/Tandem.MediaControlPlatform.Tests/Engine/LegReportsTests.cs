using System.Text;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Rtcp;
using Tandem.Media.Rtp;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>RTCP of a leg (RFC 3550 §6): what we report, and what we learn from reports.</summary>
public sealed class LegReportsTests : IDisposable
{
    private const long UtcUs = 1_700_000_000_000_000;
    private static readonly MediaAddress Peer = new(0x7F000001, 4000);
    private readonly MemoryPort _rtp = new() { Local = new MediaAddress(0x7F000001, 40_000) };
    private readonly MemoryPort _rtcp = new() { Local = new MediaAddress(0x7F000001, 40_001) };
    private readonly MediaLeg _leg;

    public LegReportsTests()
    {
        _leg = new MediaLeg { Id = "x", Dn = "7001", Rtp = _rtp, Rtcp = _rtcp };
        _leg.Apply(new LegMedia(AudioCodec.Pcma, 8, 101, Peer, true, true), 0);
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    [Fact]
    public void A_leg_that_only_listens_sends_receiver_reports_with_loss_and_name()
    {
        for (var i = 0; i < 100; i++)
        {
            if (i % 10 != 9)
                Hear(i);
        }
        _leg.Reports.Tick(_leg, 3_000_000, UtcUs);
        var (types, block, name) = Read(_rtcp.Sent![0]);
        Assert.Equal([RtcpPacket.ReceiverReportType, RtcpPacket.DescriptionType], types);
        Assert.Equal((7u, 9, (byte)(9 * 256 / 99), 98u), (block.Ssrc, block.CumulativeLost, block.FractionLost, block.ExtendedHighest));
        Assert.Equal(24, name.Length);
        _leg.Reports.Tick(_leg, 4_000_000, UtcUs);
        Assert.Single(_rtcp.Sent!);
        _leg.Reports.Tick(_leg, 8_000_000, UtcUs);
        Assert.Equal(2, _rtcp.Sent!.Count);
        Assert.Equal(name, Read(_rtcp.Sent![1]).Name);
    }

    [Fact]
    public void A_leg_that_speaks_sends_sender_reports_and_answers_those_of_its_peer()
    {
        Hear(0);
        var report = new byte[28];
        RtcpPacket.WriteSenderReport(report, 7, new SenderInfo(0x1234_5678_9ABC_DEF0, 0, 1, 160), null);
        _leg.Reports.Receive(report, 1_000_000);
        _leg.Output.SendFrame(_leg, _leg.Encoder!, new short[160], 1_400_000);
        _leg.Reports.Tick(_leg, 1_500_000, UtcUs);
        var (types, block, _) = Read(_rtcp.Sent![0]);
        Assert.Equal([RtcpPacket.SenderReportType, RtcpPacket.DescriptionType], types);
        Assert.Equal((0x5678_9ABCu, 32_768u), (block.LastSr, block.DelaySinceLastSr));
        ReadOnlySpan<byte> rest = _rtcp.Sent![0];
        Assert.True(RtcpPacket.TryNext(ref rest, out _, out _, out var body));
        Assert.True(RtcpPacket.TryReadSenderInfo(body, out var ssrc, out var info));
        Assert.True(RtpPacket.TryParse(_rtp.Sent![0], out var sent));
        // 100 ms after the frame its clock has gone on by 800.
        Assert.Equal((sent.Ssrc, sent.Timestamp + 800, 1u, 160u), (ssrc, info.RtpTimestamp, info.Packets, info.Octets));
        Assert.InRange(info.UtcUs, UtcUs - 1, UtcUs);
    }

    [Fact]
    public void Whoever_had_reports_is_told_goodbye()
    {
        _leg.Reports.Tick(_leg, 1_000_000, UtcUs);
        _leg.Close();
        Assert.Equal(
            [RtcpPacket.ReceiverReportType, RtcpPacket.DescriptionType, RtcpPacket.ByeType], Read(_rtcp.Sent![^1]).Types);
    }

    [Fact]
    public void Reports_of_a_secure_leg_are_sealed_and_forged_ones_ignored()
    {
        var (ours, theirs) = (SrtpKey.Create(SrtpSuite.Supported[1]), SrtpKey.Create(SrtpSuite.Supported[1]));
        _leg.Apply(_leg.Media! with { Srtp = new SrtpTerms(ours, theirs) }, 0);
        _leg.Reports.Tick(_leg, 1_000_000, UtcUs);
        var packet = _rtcp.Sent![0];
        using var receiver = new SrtpReceiver(ours);
        Assert.True(receiver.TryUnprotectReport(packet, out var bytes));
        Assert.Equal([RtcpPacket.ReceiverReportType, RtcpPacket.DescriptionType], Read(packet.AsSpan(0, bytes)).Types);
        var forged = new byte[52];
        RtcpPacket.WriteSenderReport(forged, 7, default, new ReportBlock(1, 200, 0, 0, 0, 0, 0));
        _leg.Reports.Receive(forged, 1_000_000);
        Assert.Equal(0, _leg.Reports.PeerFractionLost);
        using var sender = new SrtpSender(theirs);
        byte[] room = [.. forged, .. new byte[SrtpSuite.GrowthBytes]];
        RtcpPacket.WriteSenderReport(room, 7, default, new ReportBlock(1, 200, 0, 0, 0, 0, 0));
        _leg.Reports.Receive(room.AsSpan(0, sender.ProtectReport(room, 52)), 1_000_000);
        Assert.Equal(200, _leg.Reports.PeerFractionLost);
    }

    private void Hear(int number)
    {
        var datagram = new byte[172];
        RtpPacket.WriteHeader(datagram, 8, false, (ushort)number, (uint)number * 160, 7);
        _leg.Receive(datagram, Peer, number * 20_000L);
    }

    private static (List<int> Types, ReportBlock Block, string Name) Read(ReadOnlySpan<byte> compound)
    {
        var types = new List<int>();
        var (block, name) = (default(ReportBlock), "");
        while (RtcpPacket.TryNext(ref compound, out var type, out var count, out var body))
        {
            types.Add(type);
            if (type == RtcpPacket.DescriptionType)
                name = Encoding.ASCII.GetString(body.Slice(6, body[5]));
            else if (count > 0 && type != RtcpPacket.ByeType)
                Assert.True(RtcpPacket.TryReadBlock(body[(type == RtcpPacket.SenderReportType ? 24 : 4)..], 0, out block));
        }
        Assert.True(compound.IsEmpty, "what follows is not RTCP");
        return (types, block, name);
    }
}
