using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

/// <summary>A 2xx to INVITE, repeated by the user agent over every transport until its ACK comes (RFC 3261 §13.3.1.4).</summary>
internal sealed class UnacknowledgedSuccess(SipEndpoint endpoint, ServerTransaction transaction, SipResponse response, Action onGivenUp)
{
    private readonly SipTimers _timers = endpoint.Options.Timers;
    private readonly TimeProvider _time = endpoint.Time;
    private readonly Lock _lock = new();
    private TimeSpan _interval;
    private TimeSpan _waited;
    private ITimer? _timer;
    private bool _stopped;

    public void Start()
    {
        lock (_lock)
        {
            _interval = _timers.T1;
            if (!_stopped)
                _timer = _time.CreateTimer(static s => ((UnacknowledgedSuccess)s!).Fire(), this, _interval, Timeout.InfiniteTimeSpan);
        }
        transaction.Respond(response);
    }

    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            _timer?.Dispose();
        }
        transaction.Settle();
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_stopped) return;
            _waited += _interval;
            if (_waited < _timers.Timeout)
            {
                _interval = _interval * 2 > _timers.T2 ? _timers.T2 : _interval * 2;
                if (_waited + _interval > _timers.Timeout) _interval = _timers.Timeout - _waited;
                _timer!.Change(_interval, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _stopped = true;
                _timer!.Dispose();
            }
        }
        if (_stopped) onGivenUp();
        else transaction.Respond(response);
    }
}
