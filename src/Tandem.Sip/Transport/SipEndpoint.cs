using System.Net;
using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.Transport;

/// <summary>
/// Sockets and transactions of one SIP element: UDP and TCP (and TLS) listeners, matching of responses and retransmissions, a handler
/// for new requests. Handlers run on the receiving thread, in order of arrival per source; they must not block.
/// </summary>
public sealed partial class SipEndpoint : IAsyncDisposable
{
    /// <summary>Binds and starts.</summary>
    /// <exception cref="SipListenException">An address cannot be bound; the message names it.</exception>
    public static SipEndpoint Start(SipEndpointOptions options, TimeProvider time, ISipObserver? observer = null) => throw new NotImplementedException();

    /// <summary>What is bound, with actual ports.</summary>
    public IReadOnlyList<SipListener> Listeners { get; private set; } = [];

    /// <summary>Takes each new request except ACK and CANCEL; must answer it, now or later. Null: 501.</summary>
    public Action<ServerTransaction>? OnRequest { get; set; }

    /// <summary>Takes the ACK to a 2xx (it has no transaction).</summary>
    public Action<SipRequest, SipSource>? OnAck { get; set; }

    /// <summary>
    /// Sends a request: adds Via, finds the destination when none is given (Route, else Request-URI), retransmits, matches. Provisional
    /// and final responses go to <paramref name="onResponse"/>, in order; for INVITE every 2xx of every branch.
    /// </summary>
    public ClientTransaction Send(SipRequest request, SipDestination? destination = null, Action<ClientTransaction, SipResponse>? onResponse = null) =>
        throw new NotImplementedException();

    /// <summary>Sends an ACK to a 2xx: outside any transaction, with a new Via.</summary>
    public void SendAck(SipRequest ack, SipDestination? destination = null) => throw new NotImplementedException();

    /// <summary>The address to put into Contact and SDP towards this peer.</summary>
    public IPEndPoint AddressTowards(SipDestination? destination) => throw new NotImplementedException();

    /// <summary>Closes sockets; transactions end silently.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
