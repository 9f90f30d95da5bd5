using Tandem.Contracts.Cti;
using Tandem.Sip.Events;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Watching;

/// <summary>SUBSCRIBE and NOTIFY of DN state for SIP clients: lamps of phones, wallboards (RFC 6665, RFC 4235). The
/// subscriber proves itself by digest.</summary>
internal sealed class DialogPackage
{
    private const int MaxWatchers = 50_000;

    private readonly Switchboard _board;
    private readonly Dictionary<(string CallId, string Tag), Watcher> _watchers = [];

    public DialogPackage(Switchboard board)
    {
        _board = board;
        board.Publisher.Published += Changed;
    }

    /// <summary>A subscription of somebody who proved to be a DN of ours.</summary>
    public void Subscribe(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Headers["Event"]?.Split(';')[0].Trim() != DialogInfo.Package)
        {
            var refusal = transaction.CreateResponse(489);
            refusal.Headers["Allow-Events"] = DialogInfo.Package;
            transaction.Respond(refusal);
            return;
        }

        if (request.RequestUri.User is not { } dn || _board.Dns.Find(dn) is null || _watchers.Count >= MaxWatchers)
        {
            transaction.Respond(_watchers.Count >= MaxWatchers ? 503 : 404);
            return;
        }

        Accept(transaction, dn);
    }

    private void Accept(ServerTransaction transaction, string dn)
    {
        var entity = SipUri.Of(dn, _board.Advertise.ToString(), _board.Options.Port).ToString();
        var watcher = new Watcher(dn, entity, NotifierSubscription.Accept(_board.Agent, transaction));
        var key = (watcher.Subscription.CallId, watcher.Subscription.LocalTag);
        _watchers[key] = watcher;
        watcher.Subscription.OnEnded = _ => _board.Loop.Post(() => _watchers.Remove(key));
        Notify(watcher);
    }

    public void Refresh(ServerTransaction transaction, string tag)
    {
        if (!_watchers.TryGetValue((transaction.Request.CallId, tag), out var watcher))
        {
            transaction.Respond(481);
            return;
        }

        watcher.Subscription.Refresh(transaction);
        Notify(watcher);
    }

    private void Changed(CtiEvent[] batch)
    {
        if (_watchers.Count == 0) return;
        var touched = batch.Where(one => one.ConnID is not null).Select(one => one.ThisDN).ToHashSet();

        // After the transition: the batch is said while the call is still being changed.
        _board.Loop.Post(() =>
        {
            foreach (var watcher in _watchers.Values.Where(one => touched.Contains(one.Dn)).ToArray()) Notify(watcher);
        });
    }

    private void Notify(Watcher watcher)
    {
        var info = watcher.Next(_board.Model.Book.Snapshot(watcher.Dn));
        _board.Loop.Watch(watcher.Subscription.NotifyAsync(DialogInfo.MediaType, info.ToString()));
    }
}
