using Tandem.Lab.Phones;
using Tandem.Lab.Senses;
using Tandem.Media.Codecs;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>The ear itself: it must find what is there to the sample, and nothing where there is nothing.</summary>
public sealed class ChirpEarTests
{
    private const long StartUs = 1_700_000_000_000_000 - 300_000;
    private const long SecondUs = 1_700_000_000_000_000;

    public static TheoryData<string> Parties => [.. Tones.All.Select(tone => tone.Key)];

    [Theory]
    [MemberData(nameof(Parties))]
    public void A_sweep_is_found_to_a_fraction_of_a_sample_among_all_other_voices(string party)
    {
        foreach (var shift in new[] { -250, -97, -1, 0, 1, 40, 158 })
        {
            foreach (var fractionUs in new[] { 0, 31, 62, 94 })
            {
                var pcm = Mix(Tones.All.Select(tone => tone.Key), one => StartUs + fractionUs - (one == party ? shift * 125L : 0));
                var lateUs = ChirpEar.LateUs(pcm, G711.Rate, StartUs + fractionUs, SecondUs, Chirp.Of(party));
                Assert.NotNull(lateUs);
                Assert.InRange(lateUs.Value - (shift * 125), -40, 40);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parties))]
    public void A_party_that_is_silent_is_not_found_among_the_others(string party) => Assert.Null(ChirpEar.LateUs(
        Mix(Tones.All.Select(tone => tone.Key).Where(one => one != party), _ => StartUs), G711.Rate, StartUs, SecondUs, Chirp.Of(party)));

    [Fact]
    public void A_sweep_of_which_a_packet_was_lost_is_found()
    {
        for (var lost = 0; lost < 3; lost++)
        {
            var pcm = Mix(["customer"], _ => StartUs);
            pcm.AsSpan((300 * 8) + (lost * 160), 160).Clear();
            Assert.InRange(ChirpEar.LateUs(pcm, G711.Rate, StartUs, SecondUs, Chirp.Of("customer")) ?? 1e6, -125, 125);
        }
    }

    /// <summary>800 ms as a recording keeps them, in A-law.</summary>
    /// <param name="startUs">What the clock of a party shows at the first sample.</param>
    private static short[] Mix(IEnumerable<string> parties, Func<string, long> startUs)
    {
        var sum = new int[6400];
        var one = new short[sum.Length];
        foreach (var party in parties)
        {
            new ChirpSource(party).Fill(startUs(party), G711.Rate, one);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += one[i];
        }
        return [.. sum.Select(value => G711.Decode(G711Law.A, G711.Encode(G711Law.A, (short)Math.Clamp(value, short.MinValue, short.MaxValue))))];
    }
}
