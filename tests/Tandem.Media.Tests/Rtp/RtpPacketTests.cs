using Tandem.Media.Rtcp;
using Tandem.Media.Rtp;

namespace Tandem.Media.Tests.Rtp;

public sealed class RtpPacketTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var datagram = new byte[15];
        RtpPacket.WriteHeader(datagram, 101, true, 65_535, 0xFFFF_FFFE, 0x1234_5678);
        datagram[14] = 9;
        Assert.True(RtpPacket.TryParse(datagram, out var packet));
        Assert.Equal((101, true, (ushort)65_535), (packet.PayloadType, packet.Marker, packet.Sequence));
        Assert.Equal((0xFFFF_FFFE, 0x1234_5678u), (packet.Timestamp, packet.Ssrc));
        Assert.Equal([0, 0, 9], packet.Payload.ToArray());
    }

    [Fact]
    public void Sources_extension_and_padding_are_not_payload()
    {
        byte[] datagram = [
            0xB1, 8, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4,
            0xBE, 0xDE, 0, 1, 1, 2, 3, 4, 0xAA, 0xBB, 0, 2];
        Assert.True(RtpPacket.TryParse(datagram, out var packet));
        Assert.Equal([0xAA, 0xBB], packet.Payload.ToArray());
        for (var length = 0; length < 24; length++)
            Assert.False(RtpPacket.TryParse(datagram.AsSpan(0, length), out _), $"{length} bytes");
    }

    [Fact]
    public void Reports_are_not_media()
    {
        Span<byte> report = stackalloc byte[52];
        var block = new ReportBlock(5, 12, -3, 70_000, 44, 1, 2);
        var info = new SenderInfo(SenderInfo.NtpFromUtcUs(1_700_000_000_123_456), 99, 7, 1120);
        var bytes = RtcpPacket.WriteSenderReport(report, 77, info, block);
        Assert.Equal(52, bytes);
        Assert.False(RtpPacket.TryParse(report, out _));
        ReadOnlySpan<byte> compound = report;
        Assert.True(RtcpPacket.TryNext(ref compound, out var type, out var count, out var body));
        Assert.Equal((RtcpPacket.SenderReportType, 1), (type, count));
        Assert.True(RtcpPacket.TryReadSenderInfo(body, out var ssrc, out var read));
        Assert.Equal((77u, info), (ssrc, read));
        Assert.InRange(read.UtcUs, 1_700_000_000_123_455, 1_700_000_000_123_456);
        Assert.True(RtcpPacket.TryReadBlock(body[24..], 0, out var readBlock));
        Assert.Equal(block, readBlock);
        Assert.False(RtcpPacket.TryNext(ref compound, out _, out _, out _));
    }

    [Fact]
    public void Numbers_do_not_wrap_once_unwrapped()
    {
        var sequence = new RtpSequence();
        Assert.Equal(65_536 + 65_534, sequence.Unwrap(65_534));
        Assert.Equal(65_536 + 65_537, sequence.Unwrap(1));
        Assert.Equal(65_536 + 65_535, sequence.Unwrap(65_535));
        Assert.Equal(65_536 + 65_537, sequence.Highest);
        var timestamp = new RtpTimestamp();
        Assert.Equal(0xFFFF_FFF0L, timestamp.Unwrap(0xFFFF_FFF0));
        Assert.Equal(0x1_0000_0010L, timestamp.Unwrap(0x10));
        Assert.Equal(0xFFFF_FFF0L, timestamp.Unwrap(0xFFFF_FFF0));
    }

    [Fact]
    public void Statistics_count_loss_and_jitter_as_the_RFC_does()
    {
        var statistics = new RtpStatistics(8000);
        for (var i = 0; i < 100; i++)
        {
            if (i % 10 != 9)
                statistics.Add((ushort)(65_500 + i), (uint)(160 * i), (i * 20_000) + (i % 2 * 1000));
        }
        Assert.Equal((99, 90, 9), (statistics.Expected, statistics.Received, statistics.Lost));
        Assert.Equal((byte)(9 * 256 / 99), statistics.TakeFractionLost());
        Assert.Equal(0, statistics.TakeFractionLost());
        Assert.InRange(statistics.Jitter, 6, 8.1);
    }

    [Fact]
    public void A_digit_survives()
    {
        Span<byte> payload = stackalloc byte[4];
        TelephoneEvent.FromDigit('#', true, 800).Write(payload);
        Assert.True(TelephoneEvent.TryParse(payload, out var read));
        Assert.Equal(('#', true, (ushort)800), (read.Digit, read.End, read.Duration));
    }
}
