using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Control;

/// <summary>An INVITE whose sender is known.</summary>
/// <param name="Caller">His DN, or the number that a trunk says.</param>
/// <param name="Number">What he dialled.</param>
internal sealed record IncomingInvite(InviteSession Session, string Caller, bool CallerLocal, string Number)
{
    public string? Offer => Session.Invite.Body.Length > 0 ? Session.Invite.BodyText : null;
}
