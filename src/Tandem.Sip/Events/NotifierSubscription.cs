using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Events;

/// <summary>
/// The notifier's side of one subscription (RFC 6665 §4.2): its dialog, its time, its NOTIFYs in order. The application keeps it, hands it the
/// refreshing SUBSCRIBEs and says when the state changes.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The timer ends with the subscription; the semaphore's handle is never asked for.")]
public sealed class NotifierSubscription
{
    private readonly UserAgent _agent;
    private readonly Dialog _dialog;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _lock = new();
    private long _until;
    private bool _over;

    private NotifierSubscription(UserAgent agent, ServerTransaction subscribe)
    {
        _agent = agent;
        Event = subscribe.Request.Headers[HeaderNames.Event] ?? "";
        _dialog = Dialog.FromRequest(subscribe.Request, subscribe.LocalTag);
        if (subscribe.Source.Transport != SipTransport.Udp) _dialog.Flow = subscribe.Source.ToDestination();
        _dialog.Confirm();
        _timer = agent.Endpoint.Time.CreateTimer(static s => ((NotifierSubscription)s!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The Event header as the subscriber wrote it, id included.</summary>
    public string Event { get; }

    /// <summary>Call-ID, to find the subscription of a refresh.</summary>
    public string CallId => _dialog.CallId;

    /// <summary>Our tag: the To tag of a refresh.</summary>
    public string LocalTag => _dialog.LocalTag;

    /// <summary>True once ended by the subscriber, by time, or by an answer that says so.</summary>
    public bool IsOver => _over;

    /// <summary>Called once at the end.</summary>
    public Action<NotifierSubscription>? OnEnded { get; set; }

    /// <summary>
    /// Accepts a SUBSCRIBE outside any dialog with 200. The first NOTIFY is the caller's to send, at once (§4.2.1.2). Expires is cut to
    /// <paramref name="maxSeconds"/>; 0 asks for one NOTIFY only.
    /// </summary>
    public static NotifierSubscription Accept(UserAgent agent, ServerTransaction subscribe, int maxSeconds = 3600)
    {
        var subscription = new NotifierSubscription(agent, subscribe);
        subscription.Grant(subscribe, maxSeconds);
        return subscription;
    }

    /// <summary>Takes a SUBSCRIBE inside the dialog: refresh, or end when Expires is 0. A NOTIFY must follow, by the caller.</summary>
    public void Refresh(ServerTransaction subscribe, int maxSeconds = 3600)
    {
        if (_over) subscribe.Respond(481);
        else if (!_dialog.AcceptSequence(subscribe.Request)) subscribe.Respond(500, "CSeq Out Of Order");
        else
        {
            _dialog.RefreshTarget(subscribe.Request);
            Grant(subscribe, maxSeconds);
        }
    }

    /// <summary>
    /// Sends a NOTIFY after those before it were answered. With <paramref name="reason"/>, or when the time is spent, it is the last one
    /// (Subscription-State: terminated). 481 and 408 end the subscription.
    /// </summary>
    /// <param name="reason">null, or <c>deactivated</c>, <c>noresource</c>, <c>timeout</c>, … (§4.1.3).</param>
    public async Task<SipResponse> NotifyAsync(string? contentType, string? body, string? reason = null)
    {
        await _sending.WaitAsync();
        try
        {
            if (_over) return new SipResponse(481) { IsLocal = true };
            var left = SecondsLeft();
            var last = reason is not null || left <= 0;
            var notify = Build(last ? "terminated;reason=" + (reason ?? "timeout") : string.Create(CultureInfo.InvariantCulture, $"active;expires={left}"));
            if (body is not null) notify.SetBody(contentType ?? "text/plain", body);
            if (last) Finish();
            var response = await _agent.SendAsync(notify, _dialog.RouteSet.Count == 0 ? _dialog.Flow : null, _agent.Options.Credentials, _dialog.NextSequence);
            if (response.StatusCode is 481 or 408) Finish();
            return response;
        }
        finally
        {
            _sending.Release();
        }
    }

    private SipRequest Build(string state)
    {
        var notify = _dialog.CreateRequest(SipMethods.Notify);
        notify.Headers.Add(HeaderNames.Contact, _agent.ContactTowards(_dialog.Flow ?? SipLocator.TryLocate(notify)));
        notify.Headers.Add(HeaderNames.Event, Event);
        notify.Headers.Add(HeaderNames.SubscriptionState, state);
        _agent.Identify(notify);
        return notify;
    }

    private void Grant(ServerTransaction subscribe, int maxSeconds)
    {
        var asked = int.TryParse(subscribe.Request.Headers[HeaderNames.Expires], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 3600;
        var granted = Math.Min(asked, maxSeconds);
        lock (_lock)
        {
            var time = _agent.Endpoint.Time;
            _until = time.GetTimestamp() + (granted * time.TimestampFrequency);
            if (granted > 0) _timer.Change(TimeSpan.FromSeconds(granted), Timeout.InfiniteTimeSpan);
        }
        var response = subscribe.CreateResponse(200);
        response.Headers.Add(HeaderNames.Contact, _agent.ContactTowards(subscribe.Source.ToDestination()));
        response.Headers.Add(HeaderNames.Expires, granted.ToString(CultureInfo.InvariantCulture));
        subscribe.Respond(response);
    }

    private long SecondsLeft()
    {
        var time = _agent.Endpoint.Time;
        lock (_lock) return (_until - time.GetTimestamp() + time.TimestampFrequency - 1) / time.TimestampFrequency;
    }

    private void Expire() => _ = NotifyAsync(null, null, "timeout");

    private void Finish()
    {
        lock (_lock)
        {
            if (_over) return;
            _over = true;
        }
        _timer.Dispose();
        _dialog.Terminate();
        OnEnded?.Invoke(this);
    }
}
