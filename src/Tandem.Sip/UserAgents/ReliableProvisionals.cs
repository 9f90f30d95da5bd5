using System.Globalization;
using System.Security.Cryptography;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

/// <summary>Provisional responses sent reliably by the callee: one at a time, repeated until PRACK (RFC 3262 §3).</summary>
internal sealed class ReliableProvisionals(SipEndpoint endpoint, ServerTransaction invite, Action onGivenUp)
{
    private readonly Lock _lock = new();
    private readonly Queue<SipResponse> _waiting = new();
    private uint _sequence = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private SipResponse? _current;
    private TimeSpan _interval;
    private TimeSpan _waited;
    private ITimer? _timer;
    private bool _stopped;

    /// <summary>Numbers and sends it, or queues it behind the one that is not acknowledged yet.</summary>
    public void Send(SipResponse response)
    {
        lock (_lock)
        {
            if (_stopped) return;
            response.Headers.Add(HeaderNames.Require, "100rel");
            response.Headers[HeaderNames.RSeq] = (++_sequence).ToString(CultureInfo.InvariantCulture);
            if (_current is not null)
            {
                _waiting.Enqueue(response);
                return;
            }
            Begin(response);
        }
        invite.Respond(response);
    }

    /// <summary>Answers a PRACK: 200 when it names the response that waits, else 481.</summary>
    public void Take(ServerTransaction prack)
    {
        SipResponse? next = null;
        bool matches;
        lock (_lock)
        {
            var parts = (prack.Request.Headers[HeaderNames.RAck] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            matches = _current is not null && parts.Length == 3 && parts[0] == _current.Headers[HeaderNames.RSeq]
                && parts[1] == invite.Request.CSeq.Number.ToString(CultureInfo.InvariantCulture) && parts[2] == SipMethods.Invite;
            if (matches)
            {
                _timer?.Dispose();
                _current = null;
                if (!_stopped && _waiting.TryDequeue(out next)) Begin(next);
            }
        }
        prack.Respond(matches ? 200 : 481);
        if (next is not null) invite.Respond(next);
    }

    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    private void Begin(SipResponse response)
    {
        _current = response;
        _waited = TimeSpan.Zero;
        _interval = endpoint.Options.Timers.T1;
        _timer = endpoint.Time.CreateTimer(static s => ((ReliableProvisionals)s!).Fire(), this, _interval, Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        SipResponse? again;
        bool given;
        lock (_lock)
        {
            if (_stopped || _current is null) return;
            again = _current;
            _waited += _interval;
            given = _waited >= endpoint.Options.Timers.Timeout;
            _interval *= 2;
            if (!given) _timer!.Change(_interval, Timeout.InfiniteTimeSpan);
        }
        if (given) onGivenUp();
        else invite.Respond(again);
    }
}
