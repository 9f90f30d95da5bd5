using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Control;

/// <summary>How ringing ended.</summary>
/// <param name="Session">The dialog that answered; null when nobody did.</param>
/// <param name="Response">Its 2xx; or the best failure of all targets.</param>
internal sealed record RingResult(InviteSession? Session, SipResponse Response)
{
    /// <summary>Why nobody answered: 486 and 600 mean busy, 408 and 480 that nobody is there.</summary>
    public CallState State => Response.StatusCode switch
    {
        486 or 600 => CallState.Busy,
        408 or 480 => CallState.NoAnswer,
        _ => CallState.Failed,
    };
}
