using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.Transport;

public sealed partial class SipEndpoint
{
    /// <summary>A new tag or other identifier: 64 random bits as 16 hex digits.</summary>
    public static string NewTag() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    internal void Take(SipMessage message, SipSource source)
    {
        if (_closed) return;
        try
        {
            _observer?.Received(message, source);
            if (message is SipRequest request) TakeRequest(request, source);
            else TakeResponse((SipResponse)message);
        }
        catch (Exception e)
        {
            // A fault in a handler must not end the receiving loop: it is reported and the peer's timers take over.
            _observer?.Failed(e, "handling a message");
        }
    }

    /// <summary>Bytes that must not be processed: answered when that is possible, else dropped (§16.3, §18.3).</summary>
    internal void Refuse(SipParseResult result, SipSource source)
    {
        _observer?.Malformed(result.Reason ?? "malformed", source);
        if (result.Message is not SipRequest request) return;
        var via = FixVia(request, request.TopVia!, source);
        var response = SipResponse.Create(request, result.StatusCode, result.StatusCode == 400 ? "Bad Request: " + result.Reason : null, NewTag());
        Transmit(response, response.ToBytes(), ResponseRoute(via, source), source);
    }

    private void TakeResponse(SipResponse response)
    {
        if (response.TopVia?.Branch is not { } branch) return;
        // A response with a second Via was meant for a proxy (§8.1.3.3).
        if (response.Headers.Elements(HeaderNames.Via).Skip(1).Any()) return;
        if (_clients.TryGetValue((branch, response.CSeq.Method), out var transaction)) transaction.Receive(response);
    }

    private void TakeRequest(SipRequest request, SipSource source)
    {
        var via = FixVia(request, request.TopVia!, source);
        if (request.Method == SipMethods.Ack)
        {
            TakeAck(request, via, source);
            return;
        }
        var key = TransactionKey.Of(request, via);
        if (_servers.TryGetValue(key, out var known))
        {
            known.Repeat();
            return;
        }
        if (_spent.Find(key) is { } spent)
        {
            if (spent.Response is not null) Transmit(null, spent.Response, spent.Route, spent.Source);
            return;
        }
        if (IsOverloaded(request))
        {
            SendStateless(request, 503, via, source);
            return;
        }
        var transaction = new ServerTransaction(this, request, source, key, ResponseRoute(via, source));
        if (!_servers.TryAdd(key, transaction)) return;
        Interlocked.Increment(ref _unanswered);
        if (request.Method == SipMethods.Cancel) TakeCancel(transaction, via);
        else if (IsMerged(request, key)) transaction.Respond(482);
        else Hand(transaction);
    }

    private void Hand(ServerTransaction transaction)
    {
        try
        {
            if (OnRequest is { } handler) handler(transaction);
            else transaction.Respond(501);
        }
        catch (Exception e)
        {
            _observer?.Failed(e, "handling " + transaction.Request.Method);
            transaction.Respond(500);
        }
    }

    private void TakeAck(SipRequest ack, Via via, SipSource source)
    {
        if (_servers.TryGetValue(TransactionKey.Of(ack, via, asInvite: true), out var invite) && !invite.Acknowledge()) return;
        OnAck?.Invoke(ack, source);
    }

    /// <summary>§9.2: the CANCEL is answered whatever becomes of the INVITE.</summary>
    private void TakeCancel(ServerTransaction cancel, Via via)
    {
        var key = TransactionKey.Of(cancel.Request, via, asInvite: true);
        if (!_servers.TryGetValue(key, out var invite))
        {
            cancel.Respond(_spent.Find(key) is null ? 481 : 200);
            return;
        }
        var response = SipResponse.Create(cancel.Request, 200, null, invite.LocalTag);
        cancel.Respond(response);
        invite.Cancel(cancel.Request);
    }

    /// <summary>§8.2.2.2: the same request came over another path while this one is in being.</summary>
    private bool IsMerged(SipRequest request, TransactionKey key)
    {
        if (request.ToTag is not null) return false;
        var merge = new MergeKey(request.CallId, request.FromTag ?? "", request.CSeq.Number, request.Method);
        return _merge.GetOrAdd(merge, key) != key;
    }

    /// <summary>Above the limit only requests inside dialogs are let in: calls that stand are not touched.</summary>
    private bool IsOverloaded(SipRequest request) =>
        UnansweredCount >= Options.MaxServerTransactions && request.ToTag is null && request.Method != SipMethods.Cancel;

    private void SendStateless(SipRequest request, int statusCode, Via via, SipSource source)
    {
        var response = SipResponse.Create(request, statusCode, null, "overload");
        if (statusCode == 503) response.Headers.Add(HeaderNames.RetryAfter, "10");
        Transmit(response, response.ToBytes(), ResponseRoute(via, source), source);
    }

    /// <summary>Adds received (§18.2.1) and rport (RFC 3581 §4) to the topmost Via.</summary>
    private static Via FixVia(SipRequest request, Via via, SipSource source)
    {
        var remote = source.Remote;
        var ip = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        var parameters = via.Parameters;
        if (via.HasRport) parameters = parameters.With("rport", remote.Port.ToString(CultureInfo.InvariantCulture)).With("received", ip.ToString());
        else if (!IPAddress.TryParse(via.Host, out var sentBy) || !sentBy.Equals(ip)) parameters = parameters.With("received", ip.ToString());
        if (ReferenceEquals(parameters, via.Parameters)) return via;
        var changed = via with { Parameters = parameters };
        request.Headers.RemoveFirstElement(HeaderNames.Via);
        request.Headers.Prepend(HeaderNames.Via, changed.ToString());
        return changed;
    }

    /// <summary>
    /// Where responses go (§18.2.2, RFC 3581 §4): to the sender's address. The Via's maddr is not followed: it would let anybody have us
    /// send to a third party.
    /// </summary>
    private static SipDestination ResponseRoute(Via via, SipSource source)
    {
        if (source.Transport == SipTransport.Udp && via.HasRport) return source.ToDestination();
        var port = via.Port ?? (source.Transport == SipTransport.Tls ? 5061 : 5060);
        return new SipDestination(source.Transport, new IPEndPoint(source.Remote.Address, port == 0 ? 5060 : port));
    }
}
