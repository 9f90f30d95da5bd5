using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

/// <summary>A request sent and its responses (RFC 3261 §17.1, RFC 6026).</summary>
public sealed partial class ClientTransaction
{
    /// <summary>The request as sent, with its topmost Via.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it was sent; null until resolved.</summary>
    public SipDestination? Destination { get; private set; }

    /// <summary>
    /// The first final response. Never faults: a timeout gives a local 408, a transport failure a local 503
    /// (<see cref="SipResponse.IsLocal"/>).
    /// </summary>
    public Task<SipResponse> Final => _final.Task;
}
