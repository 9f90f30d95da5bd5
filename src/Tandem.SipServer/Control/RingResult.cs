using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Control;

/// <summary>How ringing ended.</summary>
/// <param name="Session">The dialog that answered; null when nobody did.</param>
/// <param name="Response">Its 2xx; or the best failure of all targets.</param>
internal sealed record RingResult(InviteSession? Session, SipResponse Response)
{
    /// <summary>487 to 499, 408 and the like are for the party; 486 and 600 mean busy.</summary>
    public bool IsBusy => Response.StatusCode is 486 or 600;

    public bool IsNoAnswer => Response.StatusCode is 408 or 480;
}
