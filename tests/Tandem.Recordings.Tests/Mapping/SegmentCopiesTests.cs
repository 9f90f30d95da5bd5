using Tandem.Recordings.Mapping;

namespace Tandem.Recordings.Tests.Mapping;

public sealed class SegmentCopiesTests
{
    [Fact]
    public void Of_two_alike_one_stands_and_always_the_same()
    {
        Assert.Equal([("b", "a")], Find(Segment("a", 0, 60), Segment("b", 0.2, 60.1)));
        Assert.Equal([("b", "a")], Find(Segment("b", 0, 60), Segment("a", 0.2, 60.1)));
    }

    [Fact]
    public void The_longer_one_stands() => Assert.Equal([("a", "b")], Find(Segment("a", 0, 30), Segment("b", 0.1, 60)));

    [Fact]
    public void The_one_of_which_more_was_recorded_stands() =>
        Assert.Equal([("a", "b")], Find(Segment("a", 0, 60, lack: 20), Segment("b", 0, 60)));

    [Fact]
    public void Where_neither_covers_the_other_both_stand() => Assert.Empty(Find(Segment("a", 0, 40), Segment("b", 20, 60)));

    [Theory]
    [InlineData(10, 11)]
    [InlineData(9.98, 10.5)]
    [InlineData(10, 10)]
    public void Segments_that_follow_each_other_are_no_copies(double from, double to) =>
        Assert.Empty(Find(Segment("a", 0, 10), Segment("b", from, to)));

    [Fact]
    public void Another_DN_of_the_call_is_no_copy() => Assert.Empty(Find(Segment("a", 0, 60), Segment("b", 0, 60, dn: "7002")));

    [Fact]
    public void A_stay_that_one_recorder_has_in_two_pieces_is_a_copy_of_the_whole() =>
        Assert.Equal([("a", "c"), ("b", "c")], Find(Segment("a", 0, 20), Segment("b", 30, 60), Segment("c", 0, 60)));

    [Fact]
    public void Three_recorders_have_two_copies() =>
        Assert.Equal([("b", "a"), ("c", "a")], Find(Segment("c", 0, 60), Segment("a", 0, 60), Segment("b", 0, 60)));

    private static IEnumerable<(string, string)> Find(params CallSegment[] segments) =>
        SegmentCopies.Find(segments).Select(pair => (pair.Key, pair.Value)).Order();

    private static CallSegment Segment(string id, double from, double to, double lack = 0, string dn = "7001") =>
        new(id, dn, (long)(from * 1e6), (long)(to * 1e6), (long)(lack * 1000));
}
