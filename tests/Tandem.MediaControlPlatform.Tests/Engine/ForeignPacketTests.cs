using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Rtp;
using Tandem.Media.Signals;
using Tandem.Media.Srtp;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>Somebody else sends RTP to a leg's port. Not one of his samples may reach a recording or an ear.</summary>
public sealed class ForeignPacketTests
{
    private const double Foreign = 1900;
    private readonly CallWorld _world = new();
    private readonly byte[] _datagram = new byte[172];

    [Fact]
    public void Of_100_000_injected_packets_no_sample_is_recorded_or_heard()
    {
        var agent = _world.Join("7001", 880);
        var customer = _world.Join("555", 440);
        _world.Run(300);
        var (recorder, sink) = _world.Record("7001");
        for (var i = 0; i < 100; i++)
        {
            Inject(agent, 1000, i);
            _world.Run(20);
        }
        recorder.Stop(_world.NowUs, null);
        _world.Run(300);
        Assert.Equal(100_000, agent.Leg.Strangers);
        for (var channel = 0; channel < 2; channel++)
            Assert.InRange(Spectrum.ToneDbfs(sink.Channel(channel).AsSpan(8 * 300, 8 * 1000), 8000, Foreign), -120, -60);
        Assert.InRange(Spectrum.ToneDbfs(customer.Heard().AsSpan(8 * 800, 8 * 800), 8000, Foreign), -120, -60);
    }

    [Fact]
    public void Who_was_first_but_is_not_who_was_signalled_gives_way_to_him()
    {
        var agent = _world.Join("7001", 880);
        _world.Join("555", 440);
        Inject(agent, 1, 0);
        _world.Run(1000);
        Assert.Equal(50, agent.Leg.Received - 1);
        Inject(agent, 10, 1);
        Assert.Equal(10, agent.Leg.Strangers);
    }

    [Fact]
    public void With_SRTP_the_right_address_does_not_help()
    {
        var (ours, theirs) = (SrtpKey.Create(SrtpSuite.Supported[0]), SrtpKey.Create(SrtpSuite.Supported[0]));
        var agent = _world.Join("7001", 880);
        agent.Leg.Apply(agent.Leg.Media! with { Srtp = new(ours, theirs) }, _world.NowUs);
        _world.Run(1000);
        Assert.Equal(50, agent.Leg.Strangers);
        Assert.Equal(0, agent.Leg.Received);
    }

    private void Inject(Party victim, int count, int turn)
    {
        var tone = new ToneGenerator(Foreign, 8000, -3);
        var pcm = new short[160];
        for (var i = 0; i < count; i++)
        {
            var number = (turn * count) + i;
            tone.Fill(pcm, number * 160L);
            G711.Encode(G711Law.A, pcm, _datagram.AsSpan(12));
            RtpPacket.WriteHeader(_datagram, 8, false, (ushort)number, (uint)(number * 160), 666);
            // Another host, another port of the right host, the right port of another host.
            var source = new MediaAddress(i % 2 == 0 ? 0x0A000001u : 0x7F000001u, (ushort)(10_000 + (i % 7)));
            victim.Leg.Receive(_datagram, source, _world.NowUs);
        }
    }
}
