using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Tests.Calls;

public sealed class SegmentPlanTests
{
    private readonly ModelWorld _world = new();

    [Fact]
    public void A_recorded_agent_with_a_customer_has_one_segment()
    {
        var call = _world.Talking("5001", "7001");
        call.Find("5001")!.WantsRecording = false;
        var changes = SegmentPlan.Judge(call, []);
        Assert.Equal([new SegmentWish("7001", null)], changes.Start);
        Assert.Empty(changes.Stop);
    }

    [Fact]
    public void A_consultation_of_two_recorded_agents_is_written_once_for_its_caller()
    {
        var call = _world.Talking("7001", "7002");
        Assert.Equal([new SegmentWish("7001", "7002")], SegmentPlan.Judge(call, []).Start);
        Assert.Empty(SegmentPlan.Judge(call, [Segment("7001", "7002")]).Start);
    }

    [Fact]
    public void The_sharer_gets_a_segment_of_its_own_when_a_third_joins()
    {
        var call = _world.Talking("7001", "7002");
        var shared = Segment("7001", "7002");
        var third = ModelWorld.Party("+49", false, PartyState.Established);
        call.Add(third);
        var changes = SegmentPlan.Judge(call, [shared]);
        Assert.Equal([new SegmentWish("7002", null)], changes.Start);
        Assert.Empty(changes.Stop);
    }

    [Fact]
    public void A_segment_ends_with_its_owners_stay_and_spans_his_hold()
    {
        var call = _world.Talking("5001", "7001");
        call.Find("5001")!.WantsRecording = false;
        var segment = Segment("7001", null);
        call.Find("7001")!.State = PartyState.Held;
        Assert.Empty(SegmentPlan.Judge(call, [segment]).Stop);
        call.Remove(call.Find("7001")!);
        Assert.Equal([segment], SegmentPlan.Judge(call, [segment]).Stop);
    }

    [Fact]
    public void Nobody_is_recorded_while_the_phone_rings()
    {
        var call = _world.Talking("5001", "7001");
        foreach (var party in call.Parties) party.State = PartyState.Ringing;
        Assert.Empty(SegmentPlan.Judge(call, []).Start);
    }

    private static Segment Segment(string owner, string? sharer) =>
        new() { Id = CallIds.NewSegmentId(), Owner = owner, Sharer = sharer, File = "f", State = SegmentState.On };
}
