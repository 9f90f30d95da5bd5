using Tandem.Contracts.Cti;
using Tandem.Recordings.Policy;
using static Tandem.Recordings.Tests.Capture.Happen;

namespace Tandem.Recordings.Tests.Capture;

/// <summary>The scenario rows of docs/mapping.md, as the batches of events that each agent's DN gets.</summary>
public sealed class ScenarioTests
{
    private const string A1 = "7001";
    private const string A2 = "7002";

    [Fact]
    public void Simple()
    {
        var desk = new Desk();
        desk.Batch(Event(CtiEventNames.Ringing, "c1", A1));
        desk.Batch(Established("c1", A1));
        Assert.Empty(desk.Log);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Released("c1", A1));
        desk.Batch(Off("c1", A1, "s1"));

        Assert.Equal(["start U1", "stop CallEnded"], desk.Log);
        Assert.Equal("s1", desk.State.Released!.SegmentId);
    }

    [Fact]
    public void Single_step_transfer()
    {
        Desk first = new(), second = new(dn: A2);
        first.Batch(On("c1", A1, "s1"));
        first.Batch(Released("c1", A1, CallState.Transferred));
        first.Batch(Off("c1", A1, "s1"));
        second.Batch(Established("c1", A2));
        second.Batch(On("c1", A2, "s2"));
        second.Batch(Released("c1", A2));
        second.Batch(Off("c1", A2, "s2"));

        Assert.Equal(["start U1", "stop CallEnded"], first.Log);
        Assert.Equal(["start U1", "stop CallEnded"], second.Log);
    }

    [Fact]
    public void Two_step_transfer_gives_each_agent_one_capture_without_a_gap()
    {
        Desk first = new(), second = new(dn: A2);
        first.Batch(On("c1", A1, "s1"));
        first.Batch(Event(CtiEventNames.Held, "c1", A1));
        first.Batch(On("c2", A1, "sc"));
        second.Batch(On("c2", A2, "sc"));
        first.Batch(Released("c1", A1, CallState.Transferred), Released("c2", A1, CallState.Transferred));
        first.Batch(Off("c1", A1, "s1"), Off("c2", A1, "sc"));
        second.Batch(Merged("c2", "c1", A2));
        second.Batch(Off("c2", A2, "sc"));
        second.Batch(On("c1", A2, "s2"));
        second.Batch(Released("c1", A2));
        second.Batch(Off("c1", A2, "s2"));

        Assert.Equal(["start U1", "stop CallEnded"], first.Log);
        Assert.Equal(["start U2", "stop CallEnded"], second.Log);
    }

    [Fact]
    public void Single_step_conference()
    {
        Desk first = new(), second = new(dn: A2);
        first.Batch(On("c1", A1, "s1"));
        first.Batch(Event(CtiEventNames.PartyAdded, "c1", A1));
        second.Batch(On("c1", A2, "s2"));
        second.Batch(Released("c1", A2));
        first.Batch(Event(CtiEventNames.PartyDeleted, "c1", A1));
        Assert.Equal(["start U1"], first.Log);
        first.Batch(Released("c1", A1));

        Assert.Equal(["start U1", "stop CallEnded"], first.Log);
        Assert.Equal(["start U1", "stop CallEnded"], second.Log);
    }

    [Fact]
    public void Two_step_conference()
    {
        Desk first = new(), second = new(dn: A2);
        first.Batch(On("c1", A1, "s1"));
        first.Batch(Event(CtiEventNames.Held, "c1", A1));
        first.Batch(On("c2", A1, "sc"));
        second.Batch(On("c2", A2, "sc"));
        first.Batch(
            Event(CtiEventNames.PartyAdded, "c1", A1),
            Released("c2", A1, CallState.Conferenced),
            Event(CtiEventNames.Retrieved, "c1", A1));
        second.Batch(Merged("c2", "c1", A2));
        first.Batch(Off("c2", A1, "sc"));
        second.Batch(Off("c2", A2, "sc"), On("c1", A2, "s2"));
        Assert.Equal(["start U1"], first.Log);
        Assert.Equal(["start U2"], second.Log);
        first.Batch(Released("c1", A1));
        second.Batch(Released("c1", A2));

        Assert.Equal(["start U1", "stop CallEnded"], first.Log);
        Assert.Equal(["start U2", "stop CallEnded"], second.Log);
    }

    [Fact]
    public void After_call_work_goes_on_in_the_same_file()
    {
        var desk = new Desk(new RecordingPolicy { RecordAfterCallWork = true });
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Released("c1", A1));
        desk.Pass(0.5);
        desk.Batch(AfterCallWork(A1));
        desk.Pass(30);
        Assert.Equal(["start U1"], desk.Log);
        desk.Batch(Ready(A1));

        Assert.Equal(["start U1", "stop AfterCallWorkEnded after work"], desk.Log);
    }

    [Fact]
    public void Non_voice()
    {
        Assert.True(PolicyParser.TryParse("userState(Busy)", out var policy, out _));
        var desk = new Desk(policy);
        desk.Batch(NotReady(A1, "Lunch"));
        Assert.Empty(desk.Log);
        desk.Batch(NotReady(A1, "Busy"));
        desk.Batch(Ready(A1));

        Assert.Equal(["start non-voice", "stop StateEnded"], desk.Log);
    }

    [Fact]
    public void Hold_changes_nothing()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Event(CtiEventNames.Held, "c1", A1));
        desk.Batch(Event(CtiEventNames.Retrieved, "c1", A1));

        Assert.Equal(["start U1"], desk.Log);
    }

    [Fact]
    public void A_cancelled_consultation_leaves_the_first_call_recorded()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(On("c2", A1, "sc"));
        desk.Batch(Released("c2", A1));
        desk.Batch(Off("c2", A1, "sc"));
        Assert.Equal(["start U1"], desk.Log);
        desk.Batch(Released("c1", A1));

        Assert.Equal(["start U1", "stop CallEnded"], desk.Log);
    }

    [Fact]
    public void Two_calls_at_once_share_one_capture_that_belongs_to_the_first()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(On("c3", A1, "s3"));
        desk.Batch(Released("c1", A1));
        Assert.Equal(["start U1"], desk.Log);
        desk.Batch(Released("c3", A1));

        Assert.Equal(["start U1", "stop CallEnded"], desk.Log);
    }

    [Fact]
    public void A_recording_turned_on_and_off_midway_opens_and_closes_the_screen()
    {
        var desk = new Desk();
        desk.Batch(Established("c1", A1));
        desk.Pass(20);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Off("c1", A1, "s1"));
        desk.Batch(Released("c1", A1));

        Assert.Equal(["start U1", "stop Stopped"], desk.Log);
    }

    [Fact]
    public void A_recording_that_fails_closes_the_screen()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Failed("c1", A1, "s1"));

        Assert.Equal(["start U1", "stop Stopped"], desk.Log);
    }
}
