using Tandem.Media.Codecs;
using Tandem.Media.Rtp;

namespace Tandem.MediaControlPlatform.Tests.Engine;

public sealed class OutputTests
{
    [Fact]
    public void The_numbers_begin_at_random_and_far_from_their_wrap()
    {
        var first = new HashSet<int>();
        for (var i = 0; i < 100; i++)
        {
            var party = new Party("7001", 880, AudioCodec.Pcma, 0);
            party.Leg.Output.SendFrame(party.Leg, party.Leg.Encoder!, new short[160], 20_000);
            Assert.True(RtpPacket.TryParse(party.Port.Last, out var packet));
            Assert.InRange(packet.Sequence, 0, 32_767);
            first.Add(packet.Sequence);
        }
        Assert.InRange(first.Count, 90, 100);
    }
}
