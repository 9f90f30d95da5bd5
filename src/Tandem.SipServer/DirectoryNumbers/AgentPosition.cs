using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.DirectoryNumbers;

/// <summary>The agent logged in at a DN. Transitions say themselves as events and return false where T-Library would
/// refuse them.</summary>
internal sealed class AgentPosition(string dn)
{
    private AgentState _afterWork = AgentState.Ready;

    public string? AgentId { get; private set; }

    public AgentState State { get; private set; }

    /// <summary>When the automatic after-call work ends by itself; null when only the agent ends it.</summary>
    public DateTimeOffset? WorkUntil { get; private set; }

    /// <summary>Since when the agent waits for a call: the longest idle is served first.</summary>
    public DateTimeOffset IdleSince { get; private set; }

    public bool Login(string agentId, EventBatch batch)
    {
        if (AgentId == agentId)
        {
            // A client that reconnects logs in again: the same answer, no change of state.
            Say(CtiEventNames.AgentLogin, batch);
            return true;
        }

        if (AgentId is not null) return false;
        AgentId = agentId;
        State = AgentState.NotReady;
        Say(CtiEventNames.AgentLogin, batch);
        return true;
    }

    public bool Ready(EventBatch batch)
    {
        if (AgentId is null) return false;
        State = AgentState.Ready;
        WorkUntil = null;
        IdleSince = batch.Time;
        Say(CtiEventNames.AgentReady, batch);
        return true;
    }

    public bool NotReady(string? workMode, string? reason, EventBatch batch)
    {
        if (AgentId is null) return false;
        if (State is AgentState.Ready or AgentState.NotReady) _afterWork = State;
        State = workMode == "AfterCallWork" ? AgentState.AfterCallWork : AgentState.NotReady;
        WorkUntil = null;
        Say(CtiEventNames.AgentNotReady, batch, reason);
        return true;
    }

    public bool Logout(EventBatch batch)
    {
        if (AgentId is null) return false;
        batch.Add(new CtiEvent { Name = CtiEventNames.AgentLogout, Time = batch.Time, ThisDN = dn, AgentID = AgentId });
        AgentId = null;
        State = AgentState.LoggedOut;
        WorkUntil = null;
        return true;
    }

    /// <summary>The last call of the DN is over: automatic after-call work of <paramref name="seconds"/> begins.</summary>
    public void CallEnded(int seconds, EventBatch batch)
    {
        IdleSince = batch.Time;
        if (AgentId is null || seconds <= 0 || State is AgentState.AfterCallWork) return;
        _afterWork = State;
        State = AgentState.AfterCallWork;
        WorkUntil = batch.Time.AddSeconds(seconds);
        Say(CtiEventNames.AgentNotReady, batch);
    }

    /// <summary>The time of automatic after-call work is over: back to the state before the call.</summary>
    public void WorkTimeOver(EventBatch batch)
    {
        if (State is not AgentState.AfterCallWork || WorkUntil is not { } until || batch.Time < until) return;
        if (_afterWork is AgentState.Ready) Ready(batch);
        else NotReady(null, null, batch);
    }

    /// <summary>Takes over what the event log says of this DN, after a restart.</summary>
    public void Restore(CtiEvent said)
    {
        if (State is AgentState.Ready or AgentState.NotReady) _afterWork = State;
        (AgentId, State) = said.Name switch
        {
            CtiEventNames.AgentLogout => (null, AgentState.LoggedOut),
            CtiEventNames.AgentReady => (said.AgentID, AgentState.Ready),
            CtiEventNames.AgentLogin => (said.AgentID, AgentId == said.AgentID ? State : AgentState.NotReady),
            CtiEventNames.AgentNotReady => (
                said.AgentID, said.WorkMode is null ? AgentState.NotReady : AgentState.AfterCallWork),
            _ => (AgentId, State),
        };
        WorkUntil = State is AgentState.AfterCallWork ? said.WorkUntil : null;
        if (State is AgentState.Ready) IdleSince = said.Time;
    }

    private void Say(string name, EventBatch batch, string? reason = null) => batch.Add(new CtiEvent
    {
        Name = name,
        Time = batch.Time,
        ThisDN = dn,
        AgentID = AgentId,
        WorkMode = State is AgentState.AfterCallWork && name == CtiEventNames.AgentNotReady ? "AfterCallWork" : null,
        WorkUntil = name == CtiEventNames.AgentNotReady ? WorkUntil : null,
        Reason = reason,
    });
}
