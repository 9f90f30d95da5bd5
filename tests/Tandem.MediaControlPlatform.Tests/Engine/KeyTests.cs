using Tandem.Media.Codecs;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>Keys (RFC 4733) among the voice: passed on, told to who asks, never recorded.</summary>
public sealed class KeyTests
{
    private readonly CallWorld _world = new();
    private readonly List<(string Keys, string How)> _told = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_is_heard_by_the_other_party_and_not_recorded(bool mixed)
    {
        var agent = _world.Join("7001", 880);
        var customer = _world.Join("555", 440, mixed ? AudioCodec.G722 : AudioCodec.Pcma);
        _world.Run(1000);
        Assert.Equal(!mixed, _world.Conference.IsRelayed);
        var (recorder, sink) = _world.Record("7001");
        _world.Run(500);
        Press(customer, '5', 8);
        _world.Run(1500);
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        var events = agent.Port.Sent!.Select(Parse).Where(packet => packet.Type == 101).ToList();
        Assert.Equal(8 + 3, events.Count);
        Assert.Single(events.Select(packet => packet.Timestamp).Distinct());
        Assert.Equal([true, .. Enumerable.Repeat(false, 10)], events.Select(packet => packet.Marker));
        Assert.All(events, packet => Assert.Equal('5', packet.Key));
        var numbers = agent.Port.Sent!.Select(Parse).Select(packet => packet.Sequence).ToList();
        for (var i = 1; i < numbers.Count; i++)
            Assert.Equal((ushort)(numbers[i - 1] + 1), numbers[i]);
        // 220 ms of a key: nothing but silence stands there, at either pitch of a dialled 5.
        var rate = mixed ? 16_000 : 8000;
        var at = sink.Channel(1).AsSpan(rate * 540 / 1000, rate * 160 / 1000);
        Assert.InRange(Spectrum.LevelDbfs(at), -120, -50);
    }

    [Fact]
    public void Keys_are_collected_each_once_though_packets_are_lost_and_ends_repeated()
    {
        var party = _world.Join("7001", 880);
        party.Leg.Digits = Collector(new MsmlDtmf(4));
        foreach (var (key, lost) in new[] { ('1', 0), ('1', 5), ('0', 9), ('#', 10) })
        {
            Press(party, key, 8, lost);
            _world.Run(100);
        }
        Assert.Equal([("110#", "dtmf.match")], _told);
    }

    [Fact]
    public void The_return_key_ends_without_counting()
    {
        var party = _world.Join("7001", 880);
        party.Leg.Digits = Collector(new MsmlDtmf(10) { ReturnKey = '#' });
        foreach (var key in "42#7")
        {
            Press(party, key, 3);
            _world.Run(60);
        }
        Assert.Equal([("42", "dtmf.match")], _told);
    }

    [Theory]
    [InlineData("", "dtmf.noinput", 1000)]
    [InlineData("12", "dtmf.nomatch", 500)]
    public void Who_presses_too_little_is_waited_for_no_longer(string keys, string how, int waitMs)
    {
        var party = _world.Join("7001", 880);
        party.Leg.Digits = Collector(new MsmlDtmf(4) { FirstMs = 1000, NextMs = 500 });
        foreach (var key in keys)
            Press(party, key, 3);
        _world.Run(waitMs - 100);
        Assert.Empty(_told);
        _world.Run(200);
        Assert.Equal([(keys, how)], _told);
    }

    private DigitCollector Collector(MsmlDtmf wanted) =>
        new("conn:x/dialog:d", wanted, _world.NowUs, (keys, how) => _told.Add((keys, how)));

    /// <summary>A key of so many packets and three times its end; the first <paramref name="lost"/> packets do not come.</summary>
    private void Press(Party party, char key, int packets, int lost = 0)
    {
        var timestamp = party.NextTimestamp;
        party.IsMute = true;
        for (var i = 1; i <= packets + 3; i++)
        {
            var datagram = new byte[16];
            RtpPacket.WriteHeader(datagram, 101, i == 1, (ushort)party.NextNumber, timestamp, party.Ssrc);
            TelephoneEvent.FromDigit(key, i > packets, (ushort)(160 * Math.Min(i, packets))).Write(datagram.AsSpan(12));
            if (i > lost)
                party.Deliver(datagram, _world.NowUs);
            if (i <= packets)
                _world.Run(20);
            else
                party.Skip();
        }
        party.IsMute = false;
    }

    private static (int Type, bool Marker, ushort Sequence, uint Timestamp, char Key) Parse(byte[] datagram)
    {
        Assert.True(RtpPacket.TryParse(datagram, out var packet));
        _ = TelephoneEvent.TryParse(packet.Payload, out var told);
        return (packet.PayloadType, packet.Marker, packet.Sequence, packet.Timestamp, told.Digit);
    }
}
