using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Transactions;

/// <summary>The requests that belong to an INVITE transaction and repeat its Via.</summary>
internal static class TransactionRequests
{
    /// <summary>The ACK to a 300..699 (RFC 3261 §17.1.1.3).</summary>
    public static SipRequest Ack(SipRequest invite, SipResponse response)
    {
        var ack = Like(invite, SipMethods.Ack);
        ack.Headers[HeaderNames.To] = response.Headers[HeaderNames.To];
        return ack;
    }

    /// <summary>The CANCEL of an INVITE (§9.1).</summary>
    public static SipRequest Cancel(SipRequest invite) => Like(invite, SipMethods.Cancel);

    private static SipRequest Like(SipRequest invite, string method)
    {
        var request = new SipRequest(method, invite.RequestUri);
        request.Headers.Add(HeaderNames.Via, invite.Headers.FirstElement(HeaderNames.Via) ?? "");
        request.Headers.CopyFrom(invite.Headers, HeaderNames.Route);
        request.Headers.CopyFrom(invite.Headers, HeaderNames.From);
        request.Headers.CopyFrom(invite.Headers, HeaderNames.To);
        request.Headers.CopyFrom(invite.Headers, HeaderNames.CallId);
        request.Headers.Add(HeaderNames.CSeq, new CSeq(invite.CSeq.Number, method).ToString());
        request.Headers.Add(HeaderNames.MaxForwards, "70");
        return request;
    }
}
