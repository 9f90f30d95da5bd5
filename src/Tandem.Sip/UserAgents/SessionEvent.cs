using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.UserAgents;

/// <summary>
/// What happens to an <see cref="InviteSession"/>, given to its handler in order, one at a time, on the receiving thread:
/// do not block; hand long work elsewhere. Switch on the derived types.
/// </summary>
public abstract record SessionEvent
{
    private SessionEvent()
    {
    }

    /// <summary>Outgoing: 101..199 came (early media if it has a body). Reliable ones (RFC 3262) are already acknowledged by PRACK.</summary>
    public sealed record Provisional(SipResponse Response) : SessionEvent;

    /// <summary>
    /// Outgoing: 2xx to the first INVITE. If the INVITE had an offer the ACK is already sent; otherwise this response carries
    /// the offer and <see cref="InviteSession.Ack"/> must be called with the answer (it may be later: third-party call control).
    /// </summary>
    public sealed record Answered(SipResponse Response) : SessionEvent;

    /// <summary>Outgoing: the INVITE failed for good (3xx..6xx, local 408/503, or 487 after Cancel). Followed by no other event.</summary>
    public sealed record Failed(SipResponse Response) : SessionEvent;

    /// <summary>Incoming: ACK to our 2xx, of the first INVITE or of a re-INVITE; its body is the answer if our 2xx carried the offer.</summary>
    public sealed record Acknowledged(SipRequest Ack) : SessionEvent;

    /// <summary>
    /// Incoming: CANCEL came, or the caller's INVITE transaction died. The 487 is already sent. Followed by no other event.
    /// </summary>
    public sealed record Cancelled(SipRequest? Cancel) : SessionEvent;

    /// <summary>A re-INVITE: answer it with <see cref="IncomingReInvite.Accept"/> or <see cref="IncomingReInvite.Reject"/>. Glare is handled.</summary>
    public sealed record ReInvite(IncomingReInvite Offer) : SessionEvent;

    /// <summary>
    /// INFO, REFER, NOTIFY, UPDATE, MESSAGE, SUBSCRIBE or OPTIONS inside the dialog: the handler must call
    /// <see cref="ServerTransaction.Respond(int,string?)"/>. (An UPDATE without a body that only refreshes the session timer is
    /// answered by the session itself.)
    /// </summary>
    public sealed record Request(ServerTransaction Transaction) : SessionEvent;

    /// <summary>
    /// The session is over after it had been answered. <paramref name="Bye"/> is the peer's BYE, already answered 200; null when this
    /// side ended it or it died. Followed by no other event.
    /// </summary>
    public sealed record Ended(SessionEndCause Cause, SipRequest? Bye) : SessionEvent;
}
