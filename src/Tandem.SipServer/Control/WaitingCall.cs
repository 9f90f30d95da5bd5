namespace Tandem.SipServer.Control;

/// <summary>A call that waits in a queue for an agent.</summary>
/// <param name="tried">Agents who did not take it; they are tried again after a while.</param>
internal sealed class WaitingCall(LiveCall live, IncomingInvite incoming, HashSet<string> tried)
{
    private readonly TaskCompletionSource<RingPlan?> _plan = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LiveCall Live => live;

    public IncomingInvite Incoming => incoming;

    public HashSet<string> Tried => tried;

    /// <summary>Whom to ring; null when nobody came free in time or the call is over.</summary>
    public Task<RingPlan?> Plan => _plan.Task;

    public void End(RingPlan? plan) => _plan.TrySetResult(plan);
}
