using Tandem.Recordings.Mapping;

namespace Tandem.Recordings.Tests.Mapping;

public sealed class ScreenMappingTests
{
    private const long S = 1_000_000;

    [Fact]
    public void Simple_has_one_primary_link_with_the_offset_of_the_first_frame()
    {
        var links = ScreenMapping.Links(Screen(10.12, 20.05, "U1", "s1", ended: 20), [Segment("s1", "U1", 10, 20)]);

        Assert.Equal([new ScreenLink("v", "U1", "s1", 0, 120, 9880, LinkRelation.Primary)], links);
    }

    [Fact]
    public void Two_step_transfer_seen_from_the_first_agent()
    {
        var links = ScreenMapping.Links(
            Screen(0.1, 30, "U1", "s1", ended: 30),
            [Segment("s1", "U1", 0, 30), Segment("sc", "U2", 10, 30)]);

        Assert.Equal(
            [
                new ScreenLink("v", "U1", "s1", 0, 100, 29900, LinkRelation.Primary),
                new ScreenLink("v", "U2", "sc", 9900, 0, 20000, LinkRelation.Overlap),
            ],
            links);
    }

    [Fact]
    public void Two_step_transfer_seen_from_the_second_agent_belongs_to_the_consultation()
    {
        var links = ScreenMapping.Links(
            Screen(10.1, 40, "U2", "sc", ended: 40),
            [Segment("s2", "U1", 30, 40), Segment("sc", "U2", 10, 30)]);

        Assert.Equal(
            [
                new ScreenLink("v", "U2", "sc", 0, 100, 19900, LinkRelation.Primary),
                new ScreenLink("v", "U1", "s2", 19900, 0, 10000, LinkRelation.Overlap),
            ],
            links);
    }

    [Fact]
    public void After_call_work_has_a_link_without_voice()
    {
        var links = ScreenMapping.Links(
            Screen(0, 25, "U1", "s1", ended: 10) with { AfterCallWork = true },
            [Segment("s1", "U1", 0, 10)]);

        Assert.Equal(
            [
                new ScreenLink("v", "U1", "s1", 0, 0, 10000, LinkRelation.Primary),
                new ScreenLink("v", "U1", "s1", 10000, null, 15000, LinkRelation.Acw),
            ],
            links);
    }

    [Fact]
    public void The_next_call_is_not_linked_to_the_file_that_it_closed()
    {
        var links = ScreenMapping.Links(
            Screen(0, 12.1, "U1", "s1", ended: 10),
            [Segment("s1", "U1", 0, 10), Segment("s2", "U2", 12, 20)]);

        Assert.Equal("s1", Assert.Single(links).SegmentId);
    }

    [Fact]
    public void A_file_that_came_too_late_still_belongs_to_its_call()
    {
        var link = Assert.Single(ScreenMapping.Links(Screen(5.2, 5.4, "U1", "s1", ended: 5), [Segment("s1", "U1", 0, 5)]));

        Assert.Equal((LinkRelation.Primary, 0L), (link.Relation, link.LengthMs));
    }

    [Fact]
    public void The_second_half_of_a_split_capture_has_its_own_primary_link()
    {
        var link = Assert.Single(ScreenMapping.Links(Screen(60, 90, "U1", "s1", ended: 90), [Segment("s1", "U1", 0, 90)]));

        Assert.Equal(new ScreenLink("v", "U1", "s1", 0, 60000, 30000, LinkRelation.Primary), link);
    }

    [Fact]
    public void Non_voice_has_no_link_to_a_later_call() =>
        Assert.Empty(ScreenMapping.Links(Screen(0, 10, null, null, ended: null), [Segment("s1", "U1", 11, 20)]));

    [Fact]
    public void Non_voice_is_the_whole_of_its_own_interaction() => Assert.Equal(
        new ScreenLink("v", "I1", null, 0, null, 10000, LinkRelation.Primary),
        ScreenMapping.NonVoiceLink(Screen(5, 15, null, null, ended: null), "I1"));

    [Fact]
    public void Segments_at_once_are_all_linked_and_the_first_is_primary()
    {
        var links = ScreenMapping.Links(
            Screen(0, 30, null, null, ended: 30),
            [Segment("s3", "U3", 5, 25), Segment("s1", "U1", 0, 10)]);

        Assert.Equal([("s1", LinkRelation.Primary), ("s3", LinkRelation.Overlap)], links.Select(link => (link.SegmentId!, link.Relation)));
    }

    private static ScreenSpan Screen(double from, double to, string? call, string? segment, double? ended) =>
        new("v", (long)(from * S), (long)(to * S), call, segment, (long?)(ended * S), false);

    private static AgentSegment Segment(string id, string call, double from, double to) =>
        new(id, call, (long)(from * S), (long)(to * S));
}
