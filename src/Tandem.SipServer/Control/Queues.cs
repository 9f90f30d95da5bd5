using Tandem.Contracts.Cti;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>Calls to queues and routing points that wait for an agent, first come first served.</summary>
internal sealed class Queues
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Switchboard _board;
    private readonly List<WaitingCall> _waiting = [];
    private readonly HashSet<string> _offered = new(StringComparer.Ordinal);

    public Queues(Switchboard board)
    {
        _board = board;
        board.Publisher.Published += _ =>
        {
            if (_waiting.Count > 0) board.Loop.Post(Serve);
        };
    }

    /// <summary>An agent to whom a call is on its way: he is in no call before his phone rings.</summary>
    public bool IsOffered(string dn) => _offered.Contains(dn);

    public void Offer(string dn) => _offered.Add(dn);

    public void Withdraw(string dn) => _offered.Remove(dn);

    /// <summary>Offers the call to one agent after the other; while none is free the caller waits, if the queue has him
    /// wait. The first agent is marked as offered to already.</summary>
    public async Task DeliverAsync(IncomingInvite incoming, LiveCall live, PhoneLeg caller, DnSettings queue, RingPlan? plan)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (plan is null)
            {
                plan = await WaitAsync(live, caller, incoming, queue, tried);
                if (live.IsOver && plan is not null) Withdraw(plan.Dn);
                if (live.IsOver) return;
            }

            if (plan is null)
            {
                _board.Setup.Fail(live, caller, null, CallState.Busy, 486, "no agent is free");
                return;
            }

            var missed = await _board.Setup.RingAsync(incoming, live, caller, plan);
            Withdraw(plan.Dn);
            if (missed is null || live.IsOver) return;
            PassOver(live, missed, queue);
            tried.Add(plan.Dn);
            (plan, _) = _board.Router.To(incoming.Number, incoming.Caller, null, tried);
            if (plan is not null) Offer(plan.Dn);
        }
    }

    /// <summary>Says that an agent did not take the call.</summary>
    public void PassOver(LiveCall live, MissedRing missed, DnSettings queue) => _board.Publish(batch =>
    {
        if (live.Call.Find(missed.Callee.Dn) == missed.Callee)
            _board.Model.ReleaseOne(live.Call, missed.Callee, missed.State, missed.Reason, null, batch);
        if (missed.State is CallState.NoAnswer && queue.Delivery is { NotReadyOnNoAnswer: true })
            _board.Dns.Find(missed.Callee.Dn)?.Agent.NotReady(null, "NoAnswer", batch);
    });

    /// <summary>Lets the caller hear the queue's announcement until an agent is free, who is then offered to.</summary>
    /// <returns>Null when callers of this queue do not wait, the time is over, or the call is.</returns>
    private async Task<RingPlan?> WaitAsync(
        LiveCall live, PhoneLeg caller, IncomingInvite incoming, DnSettings queue, HashSet<string> tried)
    {
        if (queue.Delivery is not { Announcement: { } announcement } delivery) return null;
        await AnnounceAsync(live, caller, incoming.Offer, announcement);
        if (live.IsOver) return null;
        var call = new WaitingCall(live, incoming, tried);
        _waiting.Add(call);
        using var limit = _board.Time.CreateTimer(
            _ => _board.Loop.Post(() => call.End(null)), null, TimeSpan.FromSeconds(delivery.MaxWaitSeconds), Timeout.InfiniteTimeSpan);
        using var again = _board.Time.CreateTimer(_ => _board.Loop.Post(() => TryAgain(call)), null, TryAgainAfter, TryAgainAfter);
        Serve();
        var plan = await call.Plan;
        _waiting.Remove(call);
        return plan;
    }

    private async Task AnnounceAsync(LiveCall live, PhoneLeg caller, string? offer, string announcement)
    {
        if (caller.Mcp is null && offer is not null)
        {
            var media = await _board.Anchor.OpenAsync(live, caller.Dn, offer);
            if (media is null || live.IsOver)
            {
                Anchor.Drop(live, media);
            }
            else
            {
                _board.Anchor.Bind(caller, media);
                caller.Session.Ring(183, caller.Sdp.Own(media.Description));
            }
        }

        if (caller.Mcp is not { } heard) caller.Session.Ring(182);
        else if (heard.Playing is null) _board.Tones.Play(heard, announcement);
    }

    private void TryAgain(WaitingCall call)
    {
        call.Tried.Clear();
        Serve();
    }

    private void Serve()
    {
        foreach (var call in _waiting.Where(call => !call.Plan.IsCompleted).ToArray())
        {
            if (call.Live.IsOver)
            {
                call.End(null);
                continue;
            }

            var (plan, _) = _board.Router.To(call.Incoming.Number, call.Incoming.Caller, null, call.Tried);
            if (plan is null) continue;
            Offer(plan.Dn);
            call.End(plan);
        }
    }
}
