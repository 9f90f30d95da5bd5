using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Tests.Engine;

namespace Tandem.MediaControlPlatform.Tests.Recording;

/// <summary>Codes laid side by side are what decoding, mixing and coding would have made of them.</summary>
public sealed class CodeMixTests
{
    private readonly CallWorld _world = new();

    [Theory]
    [InlineData("PCMA", "PCMA", G711Law.A)]
    [InlineData("PCMU", "PCMA", G711Law.Mu)]
    [InlineData("PCMA", "PCMU", G711Law.A)]
    public void Same_bytes_as_by_way_of_samples(string agent, string other, G711Law law)
    {
        var (fromUs, toUs) = (_world.NowUs + 100_000, _world.NowUs + 900_000);
        var contributions = new List<Contribution>
        {
            Contribution("7001", 880, agent, true, fromUs - 50_000),
            Contribution("555", 440, other, false, fromUs + 33_000),
        };
        contributions[0].ToUs = toUs - 77_000;
        _world.Run(1000);
        var codes = new byte[2 * 6400];
        Assert.True(CodeMix.TryTake(contributions, fromUs, toUs, law, codes));
        ChannelMix.Take(contributions, fromUs, toUs, G711.Rate, out var one, out var two);
        var mixed = new byte[codes.Length];
        (law == G711Law.A ? PartFormat.ALaw : PartFormat.MuLaw).Write(one, two, mixed);
        Assert.Equal(mixed.Select(code => G711.Decode(law, code)), codes.Select(code => G711.Decode(law, code)));
    }

    [Fact]
    public void Two_parties_on_a_channel_and_a_wideband_one_are_left_to_the_mixer()
    {
        var codes = new byte[1600];
        var fromUs = _world.NowUs;
        var agent = Contribution("7001", 880, "PCMA", true, fromUs);
        var other = Contribution("555", 440, "PCMA", false, fromUs);
        var third = Contribution("556", 1320, "PCMA", false, fromUs);
        Assert.False(CodeMix.TryTake([agent, other, third], fromUs, fromUs + 100_000, G711Law.A, codes));
        other.ToUs = fromUs;
        Assert.True(CodeMix.TryTake([agent, other, third], fromUs, fromUs + 100_000, G711Law.A, codes));
        var wide = Contribution("557", 1760, "G722", false, fromUs);
        Assert.False(CodeMix.TryTake([agent, wide], fromUs, fromUs + 100_000, G711Law.A, codes));
    }

    private Contribution Contribution(string dn, double frequencyHz, string codec, bool agent, long fromUs)
    {
        var party = _world.Join(dn, frequencyHz, AudioCodec.Find(codec, 8000));
        return new Contribution(party.Leg, party.Leg.Track!, agent, fromUs);
    }
}
