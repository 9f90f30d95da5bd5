using Tandem.Contracts.Cti;
using Tandem.Recordings.Capture;
using Tandem.Recordings.Policy;
using static Tandem.Recordings.Tests.Capture.Happen;

namespace Tandem.Recordings.Tests.Capture;

public sealed class CaptureRuleTests
{
    private const string A1 = "7001";
    private static readonly RecordingPolicy WithWork = new() { RecordAfterCallWork = true };

    [Fact]
    public void Without_an_event_of_after_call_work_the_wait_ends_after_a_second()
    {
        var desk = new Desk(WithWork);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Released("c1", A1));
        desk.Pass(0.9);
        Assert.Equal(["start U1"], desk.Log);
        desk.Pass(0.2);

        Assert.Equal(["start U1", "stop CallEnded"], desk.Log);
    }

    [Fact]
    public void After_call_work_may_be_told_before_the_release()
    {
        var desk = new Desk(WithWork);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(AfterCallWork(A1));
        desk.Batch(Released("c1", A1));
        desk.Pass(5);
        Assert.Equal(CapturePart.AfterCallWork, desk.State.Capture!.Part);
        desk.Batch(Ready(A1));

        Assert.Equal(["start U1", "stop AfterCallWorkEnded after work"], desk.Log);
    }

    [Fact]
    public void A_new_call_in_after_call_work_closes_the_capture_and_starts_the_next()
    {
        var desk = new Desk(WithWork);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Released("c1", A1), AfterCallWork(A1));
        desk.Batch(On("c2", A1, "s2"));

        Assert.Equal(["start U1", "stop NextCall after work", "start U2"], desk.Log);
    }

    [Fact]
    public void Signing_out_closes_the_screen_and_keeps_the_call_in_mind()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.SignOut();
        Assert.Single(desk.State.Active);
        desk.SignIn();

        Assert.Equal(["start U1", "stop SignedOut", "start U1"], desk.Log);
    }

    [Fact]
    public void Without_a_device_the_screen_is_missing_once_and_starts_when_one_comes()
    {
        var desk = new Desk();
        desk.SignOut();
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Event(CtiEventNames.Held, "c1", A1));
        desk.SignIn();

        Assert.Equal(["missing U1", "start U1"], desk.Log);
    }

    [Fact]
    public void Off_records_no_screen_and_misses_none()
    {
        var desk = new Desk(new RecordingPolicy { Off = true });
        desk.Batch(On("c1", A1, "s1"));
        desk.SignOut();
        desk.Batch(On("c2", A1, "s2"));

        Assert.Empty(desk.Log);
    }

    [Fact]
    public void Any_paused_call_blanks_the_capture()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(On("c2", A1, "s2"));
        desk.Batch(Paused("c2", A1, "s2"));
        desk.Batch(Paused("c1", A1, "s1"));
        desk.Batch(On("c1", A1, "s1"));
        Assert.Equal(["start U1", "pause"], desk.Log);
        desk.Batch(Released("c2", A1));

        Assert.Equal(["start U1", "pause", "resume"], desk.Log);
    }

    [Fact]
    public void A_capture_that_begins_in_a_paused_call_begins_blank()
    {
        var desk = new Desk();
        desk.SignOut();
        desk.Batch(Paused("c1", A1, "s1"));
        desk.SignIn();

        Assert.Equal(["missing U1", "start U1 paused"], desk.Log);
    }

    [Fact]
    public void A_pause_ends_with_its_call_before_after_call_work()
    {
        var desk = new Desk(WithWork);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Paused("c1", A1, "s1"));
        desk.Batch(Released("c1", A1), AfterCallWork(A1));

        Assert.Equal(["start U1", "pause", "resume"], desk.Log);
    }

    [Fact]
    public void The_maximum_duration_splits_a_capture_that_is_still_wanted()
    {
        var desk = new Desk(new RecordingPolicy { MaximumDurationUs = 60_000_000 });
        desk.Batch(On("c1", A1, "s1"));
        desk.Pass(59);
        Assert.Equal(["start U1"], desk.Log);
        desk.Pass(2);
        desk.Batch(Released("c1", A1));

        Assert.Equal(["start U1", "stop MaximumDuration", "start U1", "stop CallEnded"], desk.Log);
    }

    [Fact]
    public void A_voice_recording_closes_a_non_voice_capture_which_may_come_back()
    {
        Assert.True(PolicyParser.TryParse("userState(NotReady)", out var policy, out _));
        var desk = new Desk(policy);
        desk.Batch(NotReady(A1));
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Released("c1", A1));

        Assert.Equal(["start non-voice", "stop NextCall", "start U1", "stop CallEnded", "start non-voice"], desk.Log);
    }

    [Theory]
    [InlineData(0.24, true)]
    [InlineData(0.25, false)]
    public void Random_is_drawn_once_per_activation(double draw, bool records)
    {
        Assert.True(PolicyParser.TryParse("userState(NotReady),random(25)", out var policy, out _));
        var desk = new Desk(policy, draw);
        desk.Batch(NotReady(A1));
        desk.Batch(NotReady(A1, "Lunch"));

        Assert.Equal(records ? ["start non-voice"] : [], desk.Log);
        Assert.Equal(records, desk.State.Drawn);
        desk.Batch(Ready(A1));
        Assert.Null(desk.State.Drawn);
    }

    [Fact]
    public void A_snapshot_opens_what_was_missed_and_closes_what_is_over()
    {
        var desk = new Desk();
        desk.Batch(Snapshot(A1, "Ready", Call("c1", "s1"), Call("c9", null)));
        Assert.Equal("s1", Assert.Single(desk.State.Active).SegmentId);
        desk.Batch(Snapshot(A1, "Ready", Call("c1", "s1", RecordingState.Paused)));
        desk.Batch(Snapshot(A1, "NotReady"));

        Assert.Equal(["start U1", "pause", "stop CallEnded"], desk.Log);
        Assert.Equal(AgentActivity.NotReady, desk.State.Activity);
    }

    [Fact]
    public void A_snapshot_of_one_source_says_nothing_of_anothers_calls_nor_of_the_agent()
    {
        var desk = new Desk();
        desk.From("switch", On("c1", A1, "s1"));
        desk.From("mcp", Snapshot(A1, null));
        Assert.Equal("s1", Assert.Single(desk.State.Active).SegmentId);
        Assert.Equal(AgentActivity.Ready, desk.State.Activity);
        desk.From("mcp", Snapshot(A1, null, Call("c9", "s9")));
        desk.From("switch", Snapshot(A1, "NotReady"));
        Assert.Equal("s9", Assert.Single(desk.State.Active).SegmentId);
        Assert.Equal(["start U1"], desk.Log);
        desk.From("mcp", Snapshot(A1, null));
        Assert.Equal(["start U1", "stop CallEnded"], desk.Log);
    }

    [Fact]
    public void Repeated_events_change_nothing()
    {
        var desk = new Desk();
        for (var i = 0; i < 2; i++)
        {
            desk.Batch(On("c1", A1, "s1"));
        }

        desk.Batch(Released("c1", A1));
        desk.Batch(Released("c1", A1));

        Assert.Equal(["start U1", "stop CallEnded"], desk.Log);
    }

    [Fact]
    public void The_merge_counts_first_wherever_it_stands_in_its_batch()
    {
        var desk = new Desk();
        desk.Batch(On("c2", A1, "sc"));
        desk.Batch(Off("c2", A1, "sc"), Released("c2", A1), Merged("c2", "c1", A1));

        Assert.Equal(["start U2"], desk.Log);
        Assert.Equal("c1", Assert.Single(desk.State.Active).ConnId);
    }

    [Fact]
    public void State_survives_being_stored()
    {
        var desk = new Desk(WithWork);
        desk.Batch(On("c1", A1, "s1"));
        desk.Batch(Paused("c1", A1, "s1"));
        var text = System.Text.Json.JsonSerializer.Serialize(desk.State, CaptureJson.Default.AgentCapture);
        var back = System.Text.Json.JsonSerializer.Deserialize(text, CaptureJson.Default.AgentCapture)!;

        Assert.Equal(desk.State.Active, back.Active);
        Assert.Equal(desk.State.Capture, back.Capture);
        Assert.Equal(desk.State with { Active = back.Active }, back);
    }
}
