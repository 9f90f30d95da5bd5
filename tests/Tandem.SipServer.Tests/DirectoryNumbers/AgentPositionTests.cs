using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.DirectoryNumbers;
using Tandem.SipServer.Tests.Calls;

namespace Tandem.SipServer.Tests.DirectoryNumbers;

public sealed class AgentPositionTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly AgentPosition _agent = new("7001");
    private readonly List<CtiEvent> _said = [];

    [Fact]
    public void A_shift_says_every_state()
    {
        Do(batch => _agent.Login("a1", batch));
        Do(batch => _agent.Ready(batch));
        Do(batch => _agent.NotReady(null, "lunch", batch));
        Do(batch => _agent.NotReady("AfterCallWork", null, batch));
        Do(batch => _agent.Logout(batch));
        Assert.Equal(
        [
            "7001 AgentLogin", "7001 AgentReady", "7001 AgentNotReady", "7001 AgentNotReady AfterCallWork", "7001 AgentLogout",
        ], new EventText().Of(_said));
        Assert.Equal("lunch", _said[2].Reason);
        Assert.All(_said, one => Assert.Equal("a1", one.AgentID));
    }

    [Fact]
    public void Automatic_after_call_work_ends_by_time_in_the_state_before()
    {
        Do(batch => _agent.Login("a1", batch));
        Do(batch => _agent.Ready(batch));
        _said.Clear();
        Do(batch => _agent.CallEnded(30, batch));
        Do(batch => _agent.WorkTimeOver(batch), 29);
        Do(batch => _agent.WorkTimeOver(batch), 30);
        Assert.Equal(["7001 AgentNotReady AfterCallWork", "7001 AgentReady"], new EventText().Of(_said));
    }

    [Fact]
    public void The_agent_ends_after_call_work_early()
    {
        Do(batch => _agent.Login("a1", batch));
        Do(batch => _agent.CallEnded(30, batch));
        Do(batch => _agent.Ready(batch));
        _said.Clear();
        Do(batch => _agent.WorkTimeOver(batch), 60);
        Assert.Empty(_said);
        Assert.Equal(AgentState.Ready, _agent.State);
    }

    [Fact]
    public void Another_agent_cannot_take_an_occupied_position()
    {
        Do(batch => Assert.True(_agent.Login("a1", batch)));
        Do(batch => Assert.True(_agent.Login("a1", batch)));
        Do(batch => Assert.False(_agent.Login("a2", batch)));
        Do(batch => Assert.True(_agent.Logout(batch)));
        Do(batch => Assert.False(_agent.Ready(batch)));
    }

    [Fact]
    public void A_restart_restores_what_was_said()
    {
        Do(batch => _agent.Login("a1", batch));
        Do(batch => _agent.CallEnded(30, batch));
        var again = new AgentPosition("7001");
        foreach (var one in _said) again.Restore(one);
        Assert.Equal(("a1", AgentState.AfterCallWork), (again.AgentId, again.State));
    }

    [Fact]
    public void After_call_work_that_a_restart_interrupted_still_ends_by_time()
    {
        Do(batch => _agent.Login("a1", batch));
        Do(batch => _agent.NotReady(null, "lunch", batch));
        Do(batch => _agent.CallEnded(30, batch), 10);
        var again = new AgentPosition("7001");
        foreach (var one in _said) again.Restore(one);
        Do(batch => again.WorkTimeOver(batch), 39);
        Assert.Equal(AgentState.AfterCallWork, again.State);
        Do(batch => again.WorkTimeOver(batch), 40);
        Assert.Equal(AgentState.NotReady, again.State);
    }

    [Fact]
    public void After_call_work_that_the_agent_asked_for_ends_by_the_agent_alone_after_a_restart_too()
    {
        Do(batch => _agent.Login("a1", batch));
        Do(batch => _agent.Ready(batch));
        Do(batch => _agent.NotReady("AfterCallWork", null, batch));

        // He asked for it before the call ended: what the DN has set does not shorten it.
        Do(batch => _agent.CallEnded(30, batch), 10);
        var again = new AgentPosition("7001");
        foreach (var one in _said) again.Restore(one);
        foreach (var agent in new[] { _agent, again })
        {
            Do(batch => agent.WorkTimeOver(batch), 86_400);
            Assert.Equal(AgentState.AfterCallWork, agent.State);
        }

        Do(batch => Assert.True(again.Ready(batch)), 86_401);
        Assert.Equal(AgentState.Ready, again.State);
    }

    private void Do(Action<EventBatch> transition, int second = 0)
    {
        var batch = new EventBatch(Start.AddSeconds(second));
        transition(batch);
        _said.AddRange(batch.Events);
    }
}
