using Tandem.Media.Rtp;
using Tandem.Media.Srtp;

namespace Tandem.Media.Tests.Srtp;

public sealed class SrtpStreamTests
{
    public static TheoryData<string> Suites => [.. SrtpSuite.Supported.Select(suite => suite.Name)];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Packets_survive_the_wrap_of_their_numbers_reordered(string suite)
    {
        using var wire = new Wire(suite);
        var sealedPackets = Enumerable.Range(65_500, 200).Select(number => wire.Send((ushort)number)).ToList();
        for (var i = 0; i + 1 < sealedPackets.Count; i += 2)
        {
            Assert.True(wire.Receive(sealedPackets[i + 1]), $"packet {i + 1}");
            Assert.True(wire.Receive(sealedPackets[i]), $"packet {i}");
        }
        Assert.Equal(0, wire.Receiver.Refused);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_is_forged_repeated_or_cut_is_refused(string suite)
    {
        using var wire = new Wire(suite);
        var first = wire.Send(1);
        for (var at = 0; at < first.Length; at++)
        {
            var forged = first.ToArray();
            forged[at] ^= 0x10;
            Assert.False(wire.Receive(forged), $"byte {at}");
        }
        for (var length = 0; length < first.Length; length++)
            Assert.False(wire.Receive(first[..length]), $"{length} bytes");
        Assert.True(wire.Receive(first));
        Assert.False(wire.Receive(first));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_padded_packet_and_one_with_an_extension_pass(string suite)
    {
        byte[] padded = [0xB0, 8, 0, 9, 0, 0, 0, 2, 0, 0, 0, 3, 0xBE, 0xDE, 0, 1, 1, 2, 3, 4, 0xAA, 0xBB, 0, 2];
        using var wire = new Wire(suite);
        byte[] room = [.. padded, .. new byte[SrtpSuite.GrowthBytes]];
        var bytes = wire.Sender.Protect(room, padded.Length);
        Assert.True(wire.Receiver.TryUnprotect(room.AsSpan(0, bytes), out var clear));
        Assert.Equal(padded, room[..clear]);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Nothing_is_allocated_per_packet(string suite)
    {
        using var wire = new Wire(suite);
        var packet = new byte[172 + SrtpSuite.GrowthBytes];
        long before = 0;
        for (var number = 0; number < 500; number++)
        {
            if (number == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            RtpPacket.WriteHeader(packet, 8, false, (ushort)number, (uint)number * 160, 7);
            var bytes = wire.Sender.Protect(packet, 172);
            if (!wire.Receiver.TryUnprotect(packet.AsSpan(0, bytes), out _))
                Assert.Fail($"packet {number}");
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Keys_with_an_identifier_are_understood()
    {
        var key = SrtpKey.Create(SrtpSuite.Find("AES_CM_128_HMAC_SHA1_80")!);
        using var sender = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key with { MkiBytes = 4 });
        var packet = new byte[172 + SrtpSuite.GrowthBytes];
        RtpPacket.WriteHeader(packet, 8, false, 1, 160, 7);
        var bytes = sender.Protect(packet, 172);
        byte[] identified = [.. packet[..172], 0, 0, 0, 1, .. packet[172..bytes]];
        Assert.True(receiver.TryUnprotect(identified, out var clear));
        Assert.Equal(172, clear);
    }

    private sealed class Wire : IDisposable
    {
        public Wire(string suite)
        {
            var key = SrtpKey.Create(SrtpSuite.Find(suite)!);
            (Sender, Receiver) = (new SrtpSender(key), new SrtpReceiver(key));
        }

        public SrtpSender Sender { get; }

        public SrtpReceiver Receiver { get; }

        public byte[] Send(ushort number)
        {
            var packet = new byte[172 + SrtpSuite.GrowthBytes];
            RtpPacket.WriteHeader(packet, 8, false, number, number, 7);
            packet.AsSpan(12, 160).Fill((byte)number);
            return packet[..Sender.Protect(packet, 172)];
        }

        public bool Receive(byte[] packet)
        {
            var copy = packet.ToArray();
            if (!Receiver.TryUnprotect(copy, out var bytes))
                return false;
            Assert.Equal(172, bytes);
            Assert.Equal(copy[3], copy[100]);
            return true;
        }

        public void Dispose()
        {
            Sender.Dispose();
            Receiver.Dispose();
        }
    }
}
