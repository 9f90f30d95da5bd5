using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Control;

/// <summary>An INVITE whose sender is known.</summary>
/// <param name="Caller">His DN, or the number that a trunk says.</param>
/// <param name="Number">What he dialled.</param>
/// <param name="Trunk">Name of the trunk that sent it; null: a phone of ours.</param>
internal sealed record IncomingInvite(InviteSession Session, string Caller, string Number, string? Trunk)
{
    public bool CallerLocal => Trunk is null;

    public string? Offer => Session.Invite.Body.Length > 0 ? Session.Invite.BodyText : null;
}
