using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Control;

/// <summary>Rings all phones of one party at once. The first 2xx wins and the others are cancelled; if none answers, the
/// most telling failure is the result (RFC 3261 section 16.7 step 6: 6xx, then the lowest class, busy before silence).</summary>
internal sealed class RingAttempt
{
    private readonly Switchboard _board;
    private readonly List<InviteSession> _open = [];
    private readonly TaskCompletionSource<RingResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _limit;
    private SipResponse? _best;

    private RingAttempt(Switchboard board, RingPlan plan)
    {
        (_board, Plan) = (board, plan);
        _limit = board.Time.CreateTimer(
            _ => board.Loop.Post(TimeOut), null, TimeSpan.FromSeconds(plan.RingSeconds ?? board.Options.RingSeconds), Timeout.InfiniteTimeSpan);
    }

    public RingPlan Plan { get; }

    /// <summary>A phone is alerted, or sends early media. Called on the call loop.</summary>
    public Action<SipResponse>? OnProvisional { get; init; }

    public Task<RingResult> Outcome => _done.Task;

    /// <summary>The sessions that have not failed, for third-party answer.</summary>
    public IReadOnlyList<InviteSession> Open => _open;

    /// <param name="sdp">The same offer for every phone, or null for none.</param>
    public static RingAttempt Start(
        Switchboard board, RingPlan plan, string? sdp, Action<SipResponse>? onProvisional)
    {
        var attempt = new RingAttempt(board, plan) { OnProvisional = onProvisional };
        foreach (var target in plan.Targets) attempt.Ring(target, sdp);
        if (plan.Targets.Count == 0) attempt.Finish(null, new SipResponse(480));
        return attempt;
    }

    /// <summary>Third-party answer: asks the ringing phones to answer (NOTIFY with <c>Event: talk</c>).</summary>
    /// <returns>False when none takes it.</returns>
    public async Task<bool> AskToAnswerAsync()
    {
        foreach (var session in _open.Where(session => session.RemoteTag is { Length: > 0 }).ToArray())
        {
            var response = await session.RequestAsync(
                SipMethods.Notify, null, null, ("Event", "talk"), ("Subscription-State", "active"));
            if (response.IsSuccess) return true;
        }

        return false;
    }

    /// <summary>Stops ringing; the outcome is a local 487.</summary>
    public void Cancel()
    {
        if (_done.Task.IsCompleted) return;
        foreach (var session in _open.ToArray()) session.Cancel();
        Finish(null, new SipResponse(487));
    }

    private void TimeOut()
    {
        if (_done.Task.IsCompleted) return;
        foreach (var session in _open.ToArray()) session.Cancel();
        Finish(null, new SipResponse(408));
    }

    private void Ring(RingTarget target, string? sdp)
    {
        var invite = new OutgoingInvite(target.Uri, Plan.From)
        {
            Destination = target.Destination,
            Sdp = sdp,
            Headers = Plan.Headers,
        };
        _open.Add(_board.Agent.Invite(invite, (session, happened) => _board.Loop.Post(() => Handle(session, happened))));
    }

    private void Handle(InviteSession session, SessionEvent happened)
    {
        if (session.AppState is PhoneLeg leg)
        {
            _board.Legs.Handle(leg, happened);
            return;
        }

        switch (happened)
        {
            case SessionEvent.Provisional { Response: var response } when !_done.Task.IsCompleted:
                OnProvisional?.Invoke(response);
                break;
            case SessionEvent.Answered { Response: var response }:
                Answered(session, response);
                break;
            case SessionEvent.Failed { Response: var response }:
                Failed(session, response);
                break;
            case SessionEvent.Request { Transaction: var transaction }:
                transaction.Respond(transaction.Request.Method == SipMethods.Update ? 488 : 200);
                break;
            case SessionEvent.ReInvite { Offer: var offer }:
                offer.Reject(491);
                break;
        }
    }

    private void Answered(InviteSession session, SipResponse response)
    {
        _open.Remove(session);
        if (_done.Task.IsCompleted)
        {
            // Two phones answered at once, or the answer crossed our CANCEL.
            session.End();
            return;
        }

        foreach (var other in _open.ToArray()) other.Cancel();
        Finish(session, response);
    }

    private void Failed(InviteSession session, SipResponse response)
    {
        if (!_open.Remove(session) || _done.Task.IsCompleted) return;
        if (_best is null || Weight(response) < Weight(_best)) _best = response;
        if (response.StatusCode >= 600)
        {
            foreach (var other in _open.ToArray()) other.Cancel();
            Finish(null, response);
        }
        else if (_open.Count == 0)
        {
            Finish(null, _best);
        }
    }

    private static int Weight(SipResponse response) => response.StatusCode switch
    {
        >= 600 => 0,
        486 => 1,
        408 or 480 => 900,
        var code => code,
    };

    private void Finish(InviteSession? session, SipResponse response)
    {
        _limit.Dispose();
        _done.TrySetResult(new RingResult(session, response));
    }
}
