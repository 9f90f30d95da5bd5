using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.UserAgents;

/// <summary>A re-INVITE waiting for our answer.</summary>
public sealed class IncomingReInvite
{
    private readonly InviteSession _session;

    internal IncomingReInvite(InviteSession session, ServerTransaction transaction) => (_session, Transaction) = (session, transaction);

    /// <summary>The transaction, for a provisional or a hand-made response.</summary>
    public ServerTransaction Transaction { get; }

    /// <summary>The request; its body is the offer, or empty: then our 2xx carries the offer and the ACK the answer.</summary>
    public SipRequest Request => Transaction.Request;

    /// <summary>Answers 200 with this SDP (answer, or offer when the request had none); repeated until ACK comes.</summary>
    public void Accept(string? sdp) => _session.AcceptReInvite(Transaction, sdp);

    /// <summary>Answers 3xx..6xx; the session stays as it was (RFC 3261 §14.2).</summary>
    public void Reject(int statusCode, string? reason = null) => Transaction.Respond(statusCode, reason);
}
