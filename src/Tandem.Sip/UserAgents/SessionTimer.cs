using System.Globalization;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

/// <summary>The running session timer: refresh at half the interval, or expect the peer's refresh (RFC 4028 §10).</summary>
internal sealed class SessionTimer(TimeProvider time, Action onRefresh, Action onExpired)
{
    private readonly Lock _lock = new();
    private SessionInterval _agreed;
    private ITimer? _timer;

    public void Restart(SessionInterval agreed)
    {
        lock (_lock)
        {
            _agreed = agreed;
            _timer ??= time.CreateTimer(static s => ((SessionTimer)s!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // The other side ends it min(32 s, a third) before the end.
            var after = agreed.WeRefresh ? agreed.Seconds / 2.0 : agreed.Seconds - Math.Min(32, agreed.Seconds / 3.0);
            _timer.Change(TimeSpan.FromSeconds(after), Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>The headers of a refresh that we send.</summary>
    public (string Name, string Value)[] Headers() =>
        [(HeaderNames.SessionExpires, string.Create(CultureInfo.InvariantCulture, $"{_agreed.Seconds};refresher={(_agreed.WeRefresh ? "uac" : "uas")}")),
         (HeaderNames.Supported, "timer")];

    /// <summary>Puts the interval into a re-INVITE, which refreshes too.</summary>
    public void AddTo(SipRequest request) => request.Headers[HeaderNames.SessionExpires] = Headers()[0].Value;

    private void Fire()
    {
        if (_agreed.WeRefresh) onRefresh();
        else onExpired();
    }
}
