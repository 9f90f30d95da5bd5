using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

/// <summary>The outcome of <see cref="InviteSession.ReInviteAsync"/>.</summary>
public sealed class InviteAnswer
{
    private Action<string?>? _acknowledge;

    internal InviteAnswer(SipResponse response, Action<string?>? acknowledge) => (Response, _acknowledge) = (response, acknowledge);

    /// <summary>The final response; local 408/503 when the peer is gone, local 491 when glare was not resolved.</summary>
    public SipResponse Response { get; }

    /// <summary>True for 2xx.</summary>
    public bool IsAccepted => Response.IsSuccess;

    /// <summary>
    /// Sends the ACK, with the answer when the re-INVITE had no offer. Needed exactly then; a re-INVITE with an offer is acknowledged by
    /// itself. A second call does nothing.
    /// </summary>
    public void Ack(string? sdp = null) => Interlocked.Exchange(ref _acknowledge, null)?.Invoke(sdp);
}
