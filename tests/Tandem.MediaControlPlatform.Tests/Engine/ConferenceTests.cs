using Tandem.Media.Codecs;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;

namespace Tandem.MediaControlPlatform.Tests.Engine;

public sealed class ConferenceTests
{
    private readonly CallWorld _world = new();

    [Theory]
    [InlineData("PCMA", "PCMA")]
    [InlineData("PCMU", "PCMA")]
    [InlineData("G722", "G722")]
    public void Two_parties_hear_each_other_by_relay(string one, string other)
    {
        var first = _world.Join("1", 880, AudioCodec.Find(one, 8000));
        var second = _world.Join("2", 440, AudioCodec.Find(other, 8000));
        _world.Run(1000);
        Assert.True(_world.Conference.IsRelayed);
        IsHeard(first, 440, 880);
        IsHeard(second, 880, 440);
        Assert.Equal(50, first.Port.Count);
    }

    [Fact]
    public void Different_codecs_are_mixed()
    {
        var first = _world.Join("1", 880, AudioCodec.G722);
        var second = _world.Join("2", 440, AudioCodec.Pcma);
        _world.Run(1500);
        Assert.False(_world.Conference.IsRelayed);
        IsHeard(first, 440, 880);
        IsHeard(second, 880, 440);
    }

    [Fact]
    public void Of_thirty_two_parties_each_hears_the_others_but_not_itself()
    {
        var parties = Enumerable.Range(0, 32).Select(i => _world.Join($"{i}", 300 + (100 * i))).ToList();
        foreach (var quiet in parties.Skip(4))
            quiet.IsMute = true;
        _world.Run(1000);
        foreach (var party in parties)
        {
            var heard = party.Heard()[^3200..];
            foreach (var speaker in parties.Take(4))
            {
                var level = Spectrum.ToneDbfs(heard, 8000, 300 + (100 * parties.IndexOf(speaker)));
                if (speaker == party)
                    Assert.InRange(level, -120, -40);
                else
                    Assert.InRange(level, -14, -10);
            }
        }
    }

    /// <summary>A stall of five ticks once moved the mix so far ahead that it read what nobody had said yet, for good.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(100)]
    public void After_a_stall_everybody_is_heard_again(int stallMs)
    {
        var parties = Three();
        _world.Run(1000);
        _world.IsStalled = true;
        _world.Run(stallMs);
        _world.IsStalled = false;
        _world.Run(1000);
        EachHearsTheOthers(parties);
    }

    /// <summary>Another way through the network takes longer: what comes later is played later, not left out.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(900)]
    public void A_party_whose_packets_come_ever_later_is_heard_again(int laterMs)
    {
        var parties = Three();
        _world.Run(1000);
        _world.Delay = _ => laterMs * 1000;
        _world.Run(2000);
        EachHearsTheOthers(parties);
        Assert.All(parties, party => Assert.InRange(party.Leg.Lag.Ms, laterMs - 60, laterMs));
        // On the short way again the wait goes, in silence and frame by frame.
        _world.Delay = _ => 400;
        foreach (var party in parties)
            party.IsQuiet = true;
        _world.Run(laterMs / 20 * 4200);
        Assert.All(parties, party => Assert.Equal(0, party.Leg.Lag.Ms));
    }

    private List<Party> Three() => [_world.Join("1", 880), _world.Join("2", 440), _world.Join("3", 1320)];

    private static void EachHearsTheOthers(List<Party> parties)
    {
        double[] tones = [880, 440, 1320];
        for (var i = 0; i < parties.Count; i++)
        {
            // The last 300 ms, and within them the 50 ms that mark a second.
            var heard = parties[i].Heard()[^2400..];
            for (var k = 0; k < tones.Length; k++)
            {
                var level = Spectrum.ToneDbfs(heard, 8000, tones[k]);
                if (k == i)
                    Assert.InRange(level, -120, -40);
                else
                    Assert.InRange(level, -15, -10);
            }
        }
    }

    [Fact]
    public void What_a_party_receives_goes_on_without_a_break_whoever_speaks()
    {
        var first = _world.Join("1", 880);
        var second = _world.Join("2", 440);
        _world.Run(400);
        _world.Join("3", 1320);
        _world.Run(400);
        _world.Leave(second);
        _world.Run(400);
        var ssrcs = new HashSet<uint>();
        var before = -1;
        uint lastTimestamp = 0;
        foreach (var datagram in first.Port.Sent!)
        {
            Assert.True(RtpPacket.TryParse(datagram, out var packet));
            ssrcs.Add(packet.Ssrc);
            if (before >= 0)
            {
                Assert.Equal((ushort)(before + 1), packet.Sequence);
                Assert.InRange((int)(packet.Timestamp - lastTimestamp), 1, 8000);
            }
            (before, lastTimestamp) = (packet.Sequence, packet.Timestamp);
        }
        Assert.Single(ssrcs);
        Assert.DoesNotContain(880u, ssrcs);
    }

    [Fact]
    public void Relay_and_placing_allocate_nothing_per_packet()
    {
        var first = _world.Join("1", 880);
        var second = _world.Join("2", 440);
        _world.Run(500);
        (first.Port.Sent, second.Port.Sent) = (null, null);
        var packets = Enumerable.Range(0, 200).Select(i => first.Speak(_world.NowUs + (i * 20_000))!).ToArray();
        first.Deliver(packets[0], _world.NowUs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < packets.Length; i++)
        {
            first.Deliver(packets[i], _world.NowUs + (i * 20_000));
            first.Leg.Advance(_world.NowUs + (i * 20_000));
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(second.Port.Count >= 199);
    }

    private static void IsHeard(Party party, double tone, double own)
    {
        var heard = party.Heard();
        var part = heard.AsSpan(heard.Length * 2 / 5, party.Codec.SampleRate * 2 / 5);
        Assert.Equal(tone, Spectrum.PeakFrequency(part, party.Codec.SampleRate), 3.0);
        Assert.InRange(Spectrum.ToneDbfs(part, party.Codec.SampleRate, own), -120, -40);
    }
}
