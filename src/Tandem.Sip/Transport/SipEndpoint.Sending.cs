using System.Net.Sockets;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.Transport;

public sealed partial class SipEndpoint
{
    /// <summary>
    /// Sends a request: adds Via, finds the destination when none is given (Route, else Request-URI), retransmits, matches. Provisional
    /// and final responses go to <paramref name="onResponse"/>, in order; for INVITE every 2xx of every branch.
    /// </summary>
    public ClientTransaction Send(SipRequest request, SipDestination? destination = null, Action<ClientTransaction, SipResponse>? onResponse = null)
    {
        var branch = NewBranch();
        var transaction = new ClientTransaction(this, request, branch, onResponse);
        _clients[(branch, request.Method)] = transaction;
        destination ??= SipLocator.TryLocate(request);
        if (destination is not null) Begin(transaction, destination);
        else _ = LocateAndBeginAsync(transaction);
        return transaction;
    }

    /// <summary>Sends an ACK to a 2xx, outside any transaction; the same object may be sent again for a repeated 2xx.</summary>
    public void SendAck(SipRequest ack, SipDestination? destination = null)
    {
        destination ??= SipLocator.TryLocate(ack);
        if (destination is not null) SendOnce(ack, destination);
        else _ = LocateAndSendAsync(ack);
    }

    internal void SendCancel(ClientTransaction invite)
    {
        var cancel = TransactionRequests.Cancel(invite.Request);
        var transaction = new ClientTransaction(this, cancel, invite.Branch, null);
        _clients[(invite.Branch, SipMethods.Cancel)] = transaction;
        transaction.Start(invite.Destination!);
    }

    /// <summary>Puts a client transaction's bytes onto the wire.</summary>
    internal void Transmit(ClientTransaction transaction, byte[] bytes)
    {
        var destination = transaction.Destination!;
        _observer?.Sent(transaction.Request, destination);
        try
        {
            if (destination.Transport == SipTransport.Udp)
            {
                if (UdpFor(destination) is not { } listener) throw new SocketException((int)SocketError.AddressFamilyNotSupported);
                listener.Send(bytes, destination.Address);
                return;
            }
            var connection = _pool.To(destination);
            transaction.Connection = connection;
            connection.CarriedRequests = true;
            if (!connection.Send(bytes)) transaction.FailTransport();
        }
        catch (SocketException)
        {
            transaction.FailTransport();
        }
        catch (ObjectDisposedException)
        {
            transaction.FailTransport();
        }
    }

    /// <summary>Puts a server transaction's response onto the wire.</summary>
    internal void Transmit(ServerTransaction transaction, byte[] bytes, SipResponse? response) =>
        Transmit(response, bytes, transaction.ResponseRoute, transaction.Source);

    internal void Forget(ClientTransaction transaction) =>
        _clients.TryRemove(new((transaction.Branch, transaction.Request.Method), transaction));

    internal void Forget(ServerTransaction transaction)
    {
        if (!_servers.TryRemove(new(transaction.Key, transaction))) return;
        if (MergeKeyOf(transaction.Request) is { } merge) _merge.TryRemove(new(merge, transaction.Key));
    }

    /// <summary>Only repeats may still come: keeps what answers them, and lets go of the rest.</summary>
    internal void Spend(ServerTransaction transaction, byte[]? response, TimeSpan wait)
    {
        // An acknowledged INVITE needs no protection from a copy over another path: that would have come by now.
        var merge = response is null ? null : MergeKeyOf(transaction.Request);
        var expires = Time.GetTimestamp() + (long)(wait.TotalSeconds * Time.TimestampFrequency);
        _spent.Add(new SpentTransaction(transaction.Key, response, transaction.ResponseRoute, transaction.Source, merge, expires), wait);
        if (merge is null) Forget(transaction);
        else _servers.TryRemove(new(transaction.Key, transaction));
    }

    private void Forget(SpentTransaction spent)
    {
        if (spent.Merge is { } merge) _merge.TryRemove(new(merge, spent.Key));
    }

    private static MergeKey? MergeKeyOf(SipRequest request) =>
        request.Headers[HeaderNames.To] is not null && request.ToTag is null
            ? new MergeKey(request.CallId, request.FromTag ?? "", request.CSeq.Number, request.Method)
            : null;

    internal void NoteAnswered(ServerTransaction _) => Interlocked.Decrement(ref _unanswered);

    /// <summary>A stream broke: the requests waiting on it fail (§17.1.4).</summary>
    internal void ConnectionLost(StreamConnection connection)
    {
        // Most connections carry only requests of the peer: no need to look through everything.
        if (_closed || !connection.CarriedRequests) return;
        foreach (var transaction in _clients.Values)
        {
            if (ReferenceEquals(transaction.Connection, connection)) transaction.FailTransport();
        }
    }

    private void Transmit(SipResponse? response, byte[] bytes, SipDestination route, SipSource source)
    {
        if (response is not null) _observer?.Sent(response, route);
        try
        {
            if (source.Transport == SipTransport.Udp)
            {
                UdpBoundTo(source)?.Send(bytes, route.Address);
                return;
            }
            // §18.2.2: the same connection, else a new one to where the request's Via points.
            if (source.Connection?.Send(bytes) != true && !_closed) _pool.To(route).Send(bytes);
        }
        catch (SocketException e)
        {
            _observer?.Failed(e, "sending a response to " + route);
        }
        catch (ObjectDisposedException) when (_closed)
        {
            // Closing down: the peer's timers end the transaction.
        }
    }

    private void Begin(ClientTransaction transaction, SipDestination destination)
    {
        AddVia(transaction.Request, destination, transaction.Branch);
        transaction.Start(destination);
    }

    private void SendOnce(SipRequest request, SipDestination destination)
    {
        // An ACK sent again keeps its Via: it is the same message (§13.2.2.4).
        if (!request.Headers.Contains(HeaderNames.Via)) AddVia(request, destination, NewBranch());
        _observer?.Sent(request, destination);
        try
        {
            if (destination.Transport == SipTransport.Udp) UdpFor(destination)?.Send(request.ToBytes(), destination.Address);
            else _pool.To(destination).Send(request.ToBytes());
        }
        catch (SocketException e)
        {
            _observer?.Failed(e, "sending " + request.Method + " to " + destination);
        }
        catch (ObjectDisposedException) when (_closed)
        {
            // Closing down.
        }
    }

    private async Task LocateAndBeginAsync(ClientTransaction transaction)
    {
        var found = await _locator.LocateAsync(transaction.Request);
        if (found.Count == 0) transaction.FailTransport();
        else
        {
            transaction.Alternatives = new Queue<SipDestination>(found.Skip(1));
            Begin(transaction, found[0]);
        }
    }

    private async Task LocateAndSendAsync(SipRequest ack)
    {
        if (await _locator.LocateAsync(ack) is [var first, ..]) SendOnce(ack, first);
    }

    /// <summary>RFC 3263 §4.3: the server did not answer or could not be reached: the same request to the next, as a new transaction.</summary>
    internal void BeginAnew(ClientTransaction transaction, SipDestination destination)
    {
        Forget(transaction);
        transaction.Request.Headers.RemoveFirstElement(HeaderNames.Via);
        transaction.Renew(NewBranch());
        _clients[(transaction.Branch, transaction.Request.Method)] = transaction;
        Begin(transaction, destination);
    }

    private void AddVia(SipRequest request, SipDestination destination, string branch)
    {
        var local = AddressTowards(destination);
        var via = new Via(destination.Transport.ToString().ToUpperInvariant(), local.Address.ToString(), local.Port)
        {
            Parameters = SipParameters.Of(("branch", branch), ("rport", null)),
        };
        request.Headers.Prepend(HeaderNames.Via, via.ToString());
    }

    private static string NewBranch() => Via.MagicCookie + NewTag();

    private UdpListener? UdpFor(SipDestination destination)
    {
        foreach (var listener in _udp)
        {
            if (listener.LocalEndPoint.AddressFamily == destination.Address.AddressFamily) return listener;
        }
        return null;
    }

    private UdpListener? UdpBoundTo(SipSource source)
    {
        foreach (var listener in _udp)
        {
            if (listener.LocalEndPoint.Equals(source.Local)) return listener;
        }
        return null;
    }
}
