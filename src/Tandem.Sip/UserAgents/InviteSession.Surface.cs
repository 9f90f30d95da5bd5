using Tandem.Sip.Messages;
using Tandem.Sip.Transactions;

namespace Tandem.Sip.UserAgents;

public sealed partial class InviteSession
{
    /// <summary>Incoming: sends 101..199, with early media when <paramref name="sdp"/> is given.</summary>
    public void Ring(int statusCode = 180, string? sdp = null, params ReadOnlySpan<(string Name, string Value)> headers) => throw new NotImplementedException();

    /// <summary>Incoming: answers 200 with the answer, or with an offer when the INVITE had none. Repeated until ACK (§13.3.1.4).</summary>
    public void Accept(string? sdp, params ReadOnlySpan<(string Name, string Value)> headers) => throw new NotImplementedException();

    /// <summary>Incoming: answers 300..699. Nothing happens when it was answered already.</summary>
    public void Reject(int statusCode, string? reason = null, params ReadOnlySpan<(string Name, string Value)> headers) => throw new NotImplementedException();

    /// <summary>Outgoing: CANCEL, sent as soon as a provisional came (§9.1); a 2xx that crosses it is acknowledged and ended by BYE.</summary>
    public void Cancel() => throw new NotImplementedException();

    /// <summary>Outgoing: the ACK to the 2xx, with the answer if the INVITE had no offer. Needed when it is not sent at once; later calls do nothing.</summary>
    public void Ack(string? sdp = null) => throw new NotImplementedException();

    /// <summary>
    /// A re-INVITE: with an offer, or without (then the 2xx carries the offer and <see cref="InviteAnswer.Ack"/> the answer). Waits for a
    /// pending one; glare (491) is retried by RFC 3261 §14.1. 481 and 408 end the session.
    /// </summary>
    public Task<InviteAnswer> ReInviteAsync(string? sdp, params (string Name, string Value)[] headers) => throw new NotImplementedException();

    /// <summary>Sends INFO, REFER, NOTIFY, UPDATE, OPTIONS, MESSAGE inside the dialog and gives the final response (never faults).</summary>
    public Task<SipResponse> RequestAsync(string method, string? contentType = null, string? body = null, params (string Name, string Value)[] headers) =>
        throw new NotImplementedException();

    /// <summary>Ends an answered session by BYE.</summary>
    public void Bye(params ReadOnlySpan<(string Name, string Value)> headers) => throw new NotImplementedException();

    /// <summary>Ends it whatever its state: Cancel, Reject (480) or Bye.</summary>
    public void End() => throw new NotImplementedException();

    internal void AcceptReInvite(ServerTransaction transaction, string? sdp) => throw new NotImplementedException();

    internal InviteSession(UserAgent agent, SipRequest invite, bool outgoing, string localTag)
    {
        Agent = agent;
        Invite = invite;
        IsOutgoing = outgoing;
        LocalTag = localTag;
    }
}
