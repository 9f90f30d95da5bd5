using Tandem.Contracts.Media;
using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Tests.Recording;

public sealed class HeldMediaTests
{
    private static VoiceSegmentReport Report() => new()
    {
        SegmentId = "s", CallUuid = "c", ConnId = "n", RecordDn = "7001", OtherDns = ["555"],
        StartUs = 0, StopUs = 9_000_000, EndReason = EndReason.CallEnded,
        Parts = [new("a", "audio/PCMA", 8000, 0, 4000), new("b", "audio/L16", 16_000, 4000, 3000), new("c", "audio/PCMU", 8000, 7000, 2000)],
        Stems = [new("7001", "d", "audio/PCMA", 8000, 0, 4000), new("555", "e", "audio/L16", 16_000, 4000, 3000)],
        Gaps = [new(7500, 7600, "loss 555")],
    };

    [Fact]
    public void A_report_whose_streams_are_whole_stands()
    {
        var report = Report();
        var held = HeldMedia.Mend(report, new Dictionary<string, long>
        {
            ["a"] = 4000 * 16, ["b"] = 3000 * 64, ["c"] = 2000 * 16, ["d"] = 4000 * 8, ["e"] = 3000 * 32,
        }, []);
        Assert.Equal(report.Parts, held.Parts);
        Assert.Equal(report.Stems, held.Stems);
        Assert.Equal(report.Gaps, held.Gaps);
    }

    [Fact]
    public void What_the_disk_refused_is_a_gap_and_no_duration()
    {
        var held = HeldMedia.Mend(Report(), new Dictionary<string, long> { ["a"] = 2400 * 16, ["c"] = 2000 * 16, ["e"] = 800 * 32 }, []);
        Assert.Equal([("a", 2400L), ("c", 2000L)], held.Parts.Select(part => (part.StreamId, part.DurationMs)));
        Assert.Equal([("e", 800L)], held.Stems.Select(stem => (stem.StreamId, stem.DurationMs)));
        Assert.Equal(
            [new(2400, 4000, "disk-full"), new(4000, 7000, "disk-full"), new MediaInterval(7500, 7600, "loss 555")], held.Gaps);
    }

    [Fact]
    public void Silence_in_the_place_of_refused_records_is_a_gap()
    {
        var report = Report() with { Gaps = [] };
        var whole = new Dictionary<string, long> { ["a"] = 4000 * 16, ["b"] = 3000 * 64, ["c"] = 2000 * 16, ["d"] = 0, ["e"] = 0 };
        var held = HeldMedia.Mend(report, whole, [new("b", 500 * 64, 1300 * 64), new("d", 0, 800)]);
        Assert.Equal([new MediaInterval(4500, 5300, "disk-full")], held.Gaps);
    }

    [Fact]
    public void A_part_that_was_still_being_written_is_as_long_as_its_stream()
    {
        var report = Report() with { Parts = [new("a", "audio/PCMA", 8000, 0, 20)], Stems = [], Gaps = [] };
        var held = HeldMedia.Mend(report, new Dictionary<string, long> { ["a"] = 5200 * 16 }, []);
        Assert.Equal(5200, held.Parts[0].DurationMs);
        Assert.Empty(held.Gaps);
    }
}
