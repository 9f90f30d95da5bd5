using Tandem.Recordings.Capture;
using static Tandem.Recordings.Tests.Capture.Happen;

namespace Tandem.Recordings.Tests.Capture;

/// <summary>One agent's calls as two sources tell of them: two recorders of one call, or SIP Server beside an MCP.</summary>
public sealed class TwoSourcesTests
{
    private const string A1 = "7001";
    private readonly Desk _desk = new();

    public TwoSourcesTests()
    {
        _desk.From("one", On("c1", A1, "s1"));
        _desk.From("two", On("c1", A1, "s2"));
    }

    [Fact]
    public void A_call_that_two_recorders_record_is_one_capture()
    {
        _desk.From("one", Released("c1", A1), Off("c1", A1, "s1"));
        _desk.From("two", Released("c1", A1), Off("c1", A1, "s2"));
        Assert.Equal(["start U1", "stop CallEnded"], _desk.Log);
    }

    [Theory]
    [InlineData("one", "s1", "two", "s2")]
    [InlineData("two", "s2", "one", "s1")]
    public void A_recorder_that_stops_does_not_end_what_the_other_records(string first, string segment, string last, string other)
    {
        _desk.From(first, Off("c1", A1, segment));
        Assert.Equal(["start U1"], _desk.Log);
        _desk.From(last, Off("c1", A1, other));
        Assert.Equal(["start U1", "stop Stopped"], _desk.Log);
    }

    [Fact]
    public void It_is_paused_while_one_of_them_is()
    {
        _desk.From("one", Paused("c1", A1, "s1"));
        _desk.From("two", Paused("c1", A1, "s2"));
        _desk.From("one", On("c1", A1, "s1"));
        Assert.Equal(["start U1", "pause"], _desk.Log);
        _desk.From("two", On("c1", A1, "s2"));
        Assert.Equal(["start U1", "pause", "resume"], _desk.Log);
    }

    [Fact]
    public void A_source_that_comes_back_without_the_call_takes_only_its_own_word_back()
    {
        _desk.From("one", Snapshot(A1, "Ready"));
        Assert.Equal(["start U1"], _desk.Log);
        Assert.Equal("two", Assert.Single(_desk.State.Active).Source);
        _desk.From("two", Snapshot(A1, "Ready"));
        Assert.Equal("stop", _desk.Log[^1].Split(' ')[0]);
    }

    [Fact]
    public void The_release_of_the_call_ends_it_though_the_other_recorder_is_gone()
    {
        _desk.From("two", Released("c1", A1));
        Assert.Equal(["start U1", "stop CallEnded"], _desk.Log);
    }

    [Fact]
    public void What_was_remembered_before_sources_were_known_is_anybody_s()
    {
        var desk = new Desk();
        desk.Batch(On("c1", A1, "s1"));
        desk.From("one", Off("c1", A1, "s1"));
        Assert.Equal(["start U1", "stop Stopped"], desk.Log);
    }

    [Fact]
    public void The_source_survives_a_restart()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(_desk.State, CaptureJson.Default.AgentCapture);
        var read = System.Text.Json.JsonSerializer.Deserialize(json, CaptureJson.Default.AgentCapture)!;
        Assert.Equal(["one", "two"], read.Active.Select(call => call.Source));
    }
}
