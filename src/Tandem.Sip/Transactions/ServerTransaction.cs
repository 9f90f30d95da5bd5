using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

/// <summary>
/// A received request and the way to answer it (RFC 3261 §17.2, RFC 6026). Retransmissions are absorbed here. Every request
/// handed out must be answered; a 100 is sent for an INVITE by itself after 200 ms.
/// </summary>
public sealed partial class ServerTransaction
{
    /// <summary>The request.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it came from.</summary>
    public SipSource Source { get; }

    /// <summary>The To tag that this side gives in its responses; the request's own To tag inside a dialog.</summary>
    public string LocalTag { get; }

    /// <summary>True once a final response was given.</summary>
    public bool IsAnswered => _answered;
}
