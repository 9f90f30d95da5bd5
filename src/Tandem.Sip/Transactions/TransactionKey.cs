using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Transactions;

/// <summary>What a server transaction is found by (RFC 3261 §17.2.3).</summary>
internal readonly record struct TransactionKey(string Branch, string SentBy, string Method)
{
    /// <summary>The key of a request; ACK and CANCEL have that of their INVITE when <paramref name="asInvite"/>.</summary>
    public static TransactionKey Of(SipRequest request, Via via, bool asInvite = false)
    {
        var method = asInvite ? SipMethods.Invite : request.Method;
        var branch = via.Branch;
        if (branch is not null && branch.Length > Via.MagicCookie.Length && branch.StartsWith(Via.MagicCookie, StringComparison.OrdinalIgnoreCase))
            return new(branch, via.SentBy, method);
        // RFC 2543 peers: no usable branch. To is left out, as the ACK has a tag that the INVITE had not.
        var old = string.Join('|', request.CallId, request.FromTag, request.CSeq.Number, request.RequestUri, branch);
        return new(old, via.SentBy, method);
    }
}
