using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    private SessionTimer? _timer;

    /// <summary>Agrees on a session interval in our 2xx to INVITE or UPDATE (RFC 4028 §9).</summary>
    private void StartTimerAsCallee(SipRequest request, SipResponse response)
    {
        if (SessionTimers.Agree(request, response, Agent.Options) is { } agreed) Restart(agreed);
    }

    /// <summary>Takes the interval from a 2xx to our INVITE or UPDATE (RFC 4028 §7.2).</summary>
    private void StartTimerAsCaller(SipResponse response)
    {
        if (SessionTimers.Read(response, weSentRequest: true) is { } agreed) Restart(agreed);
        else _timer?.Stop();
    }

    private void Restart(SessionInterval agreed)
    {
        lock (_lock)
        {
            if (_over) return;
            _timer ??= new SessionTimer(Endpoint.Time, () => _ = RefreshAsync(), Expire);
            _timer.Restart(agreed);
        }
    }

    /// <summary>We are the refresher: an UPDATE without a body (§7.4), or a failed one ends the session through RequestAsync.</summary>
    private async Task RefreshAsync()
    {
        if (_timer is not { } timer || _over) return;
        var response = await RequestAsync(SipMethods.Update, null, null, timer.Headers());
        if (response.IsSuccess) StartTimerAsCaller(response);
    }

    /// <summary>Nobody refreshed (§10): the session ends.</summary>
    private void Expire()
    {
        var dialog = Dialog;
        if (!TryFinish()) return;
        if (dialog is not null) SendByeFor(dialog, [("Reason", "SIP;cause=408;text=\"Session expired\"")]);
        Raise(new SessionEvent.Ended(SessionEndCause.SessionExpired, null));
    }
}
