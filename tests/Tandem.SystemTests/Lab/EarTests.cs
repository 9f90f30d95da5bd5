using Tandem.Lab.Phones;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Lab;

public sealed class EarTests
{
    private const int Rate = 8000;
    private const long StartUs = 1_780_000_000_300_000;

    private static HeardAudio Three(params string[] parties)
    {
        var mixed = new short[3 * Rate];
        foreach (var party in parties)
        {
            var alone = new short[mixed.Length];
            new ToneSource(Tones.Of(party)).Fill(StartUs, Rate, alone);
            for (var at = 0; at < mixed.Length; at++)
                mixed[at] += alone[at];
        }
        return new HeardAudio(Rate, [mixed]);
    }

    [Fact]
    public void Each_party_is_told_by_its_tone_alone_and_in_a_mix()
    {
        foreach (var (party, _) in Tones.All)
            Assert.Equal([party], Ear.PartiesIn(Ear.Window(Three(party), 0, 0, 400), Rate));
        Assert.Equal(["a2", "customer"], Ear.PartiesIn(Ear.Window(Three("a2", "customer"), 0, 100, 500), Rate));
        Assert.Empty(Ear.PartiesIn(new short[800], Rate));
    }

    [Fact]
    public void Whole_seconds_are_found_to_the_sample()
    {
        var marks = Ear.SecondMarks(Three("a1"), 0);
        Assert.Equal([700, 1700, 2700], marks.Select(mark => Math.Round(mark.StartMs)));
        Assert.All(Ear.SecondErrorsMs(Three("a1"), 0, StartUs / 1000.0), error => Assert.InRange(error, -1, 1));
        Assert.All(Ear.SecondErrorsMs(Three("a1"), 0, StartUs / 1000.0 + 30), error => Assert.InRange(error, 29, 31));
    }

    [Fact]
    public void A_wav_that_is_cut_short_is_refused()
    {
        byte[] cut = [.. "RIFF"u8, 255, 0, 0, 0, .. "WAVE"u8, .. "data"u8, 100, 0, 0, 0, 1, 2];
        Assert.Throws<InvalidDataException>(() => HeardAudio.Parse(cut));
    }
}
