using System.Globalization;
using Tandem.Contracts.Cti;
using Tandem.Sip.Dialogs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.SipServer.Control;
using Tandem.SipServer.Registrar;

namespace Tandem.SipServer.Watching;

/// <summary>SUBSCRIBE and NOTIFY of DN state for SIP clients: lamps of phones, wallboards (RFC 6665, RFC 4235). The
/// subscriber proves itself by digest.</summary>
internal sealed class DialogPackage
{
    private const int DefaultSeconds = 3600;
    private const int MinSeconds = 60;
    private const int MaxWatchers = 50_000;

    private readonly Switchboard _board;
    private readonly Gatekeeper _gate;
    private readonly Dictionary<(string CallId, string Tag), Watcher> _watchers = [];

    public DialogPackage(Switchboard board, Gatekeeper gate)
    {
        (_board, _gate) = (board, gate);
        board.Publisher.Published += Changed;
    }

    public void Subscribe(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.ToTag is { } tag)
        {
            Refresh(transaction, tag);
            return;
        }

        if (request.Headers["Event"]?.Split(';')[0].Trim() != "dialog")
        {
            var refusal = transaction.CreateResponse(489);
            refusal.Headers["Allow-Events"] = "dialog";
            transaction.Respond(refusal);
            return;
        }

        var (user, challenge) = _gate.Admit(request, transaction.Source, proxy: false);
        if (user is null)
        {
            transaction.Respond(challenge!);
            return;
        }

        var seconds = Seconds(request);
        if (Refused(request, seconds) is { } status)
        {
            transaction.Respond(status);
            return;
        }

        var watcher = new Watcher(
            request.RequestUri.User!, Dialog.FromRequest(request, transaction.LocalTag), transaction.Source.ToDestination());
        watcher.Dialog.Confirm();
        _watchers[(request.CallId, transaction.LocalTag)] = watcher;
        Accept(transaction, watcher, seconds);
    }

    /// <summary>Drops subscriptions that ran out. Call every second or so.</summary>
    public void Expire()
    {
        var now = _board.Time.GetUtcNow();
        foreach (var (key, watcher) in _watchers.Where(one => one.Value.Until <= now).ToArray())
        {
            _watchers.Remove(key);
            Notify(watcher, "terminated;reason=timeout");
        }
    }

    private int? Refused(SipRequest request, int seconds) => request.RequestUri.User is not { } dn || _board.Dns.Find(dn) is null
        ? 404
        : seconds is > 0 and < MinSeconds ? 423
        : _watchers.Count >= MaxWatchers ? 503
        : null;

    private void Refresh(ServerTransaction transaction, string tag)
    {
        var key = (transaction.Request.CallId, tag);
        if (!_watchers.TryGetValue(key, out var watcher))
        {
            transaction.Respond(481);
            return;
        }

        if (!watcher.Dialog.AcceptSequence(transaction.Request))
        {
            transaction.Respond(500, "CSeq Out Of Order");
            return;
        }

        watcher.Dialog.RefreshTarget(transaction.Request);
        var seconds = Seconds(transaction.Request);
        if (seconds == 0) _watchers.Remove(key);
        Accept(transaction, watcher, seconds);
    }

    private void Accept(ServerTransaction transaction, Watcher watcher, int seconds)
    {
        watcher.Until = _board.Time.GetUtcNow().AddSeconds(seconds);
        var response = transaction.CreateResponse(200);
        response.Headers["Expires"] = seconds.ToString(CultureInfo.InvariantCulture);
        response.Headers[HeaderNames.Contact] = _board.Agent.ContactTowards(watcher.Destination);
        transaction.Respond(response);
        Notify(watcher, seconds == 0 ? "terminated;reason=timeout" : Active(watcher));
    }

    private void Changed(CtiEvent[] batch)
    {
        if (_watchers.Count == 0) return;
        var touched = batch.Where(one => one.ConnID is not null).Select(one => one.ThisDN).ToHashSet();

        // After the transition: the batch is said while the call is still being changed.
        _board.Loop.Post(() =>
        {
            foreach (var watcher in _watchers.Values.Where(one => touched.Contains(one.Dn)).ToArray())
                Notify(watcher, Active(watcher));
        });
    }

    private string Active(Watcher watcher)
    {
        var left = Math.Max(1, (int)(watcher.Until - _board.Time.GetUtcNow()).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"active;expires={left}");
    }

    private void Notify(Watcher watcher, string state)
    {
        var calls = _board.Model.Book.Snapshot(watcher.Dn);
        var over = watcher.Shown.Except(calls.Select(call => call.ConnID)).ToArray();
        watcher.Shown.Clear();
        watcher.Shown.UnionWith(calls.Select(call => call.ConnID));
        var entity = SipUri.Of(watcher.Dn, _board.Advertise.ToString(), _board.Options.Port).ToString();
        var notify = watcher.Dialog.CreateRequest(SipMethods.Notify);
        notify.Headers["Event"] = "dialog";
        notify.Headers["Subscription-State"] = state;
        notify.Headers[HeaderNames.Contact] = _board.Agent.ContactTowards(watcher.Destination);
        notify.SetBody(DialogInfo.MediaType, DialogInfo.Write(entity, watcher.Version++, calls, over));
        _board.Loop.Start(async () =>
        {
            var response = await _board.Agent.RequestAsync(notify, watcher.Destination);
            if (response.StatusCode is 481 or 408) Forget(watcher);
        });
    }

    private void Forget(Watcher watcher)
    {
        foreach (var (key, _) in _watchers.Where(one => one.Value == watcher).ToArray()) _watchers.Remove(key);
    }

    private static int Seconds(SipRequest request) =>
        int.TryParse(request.Headers["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Min(seconds, DefaultSeconds)
            : DefaultSeconds;
}
