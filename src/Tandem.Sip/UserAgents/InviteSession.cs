using Tandem.Sip.Dialogs;
using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

/// <summary>
/// One INVITE session from either side: call set-up, re-INVITE, requests inside the dialog, end. Built for third-party call control:
/// INVITE without offer, ACK delayed and with the answer. Calls are thread-safe and return at once; what happens comes as
/// <see cref="SessionEvent"/>.
/// </summary>
public sealed partial class InviteSession
{
    /// <summary>The agent it belongs to.</summary>
    public UserAgent Agent { get; }

    /// <summary>True when we sent the INVITE.</summary>
    public bool IsOutgoing { get; }

    /// <summary>The first INVITE, sent or received.</summary>
    public SipRequest Invite { get; private set; }

    /// <summary>The dialog: null until a response with a To tag went or came.</summary>
    public Dialog? Dialog { get; private set; }

    /// <summary>Where it stands.</summary>
    public InviteSessionState State { get; private set; } = InviteSessionState.Inviting;

    /// <summary>Call-ID.</summary>
    public string CallId => Invite.CallId;

    /// <summary>Our tag: From of an outgoing, To of an incoming session.</summary>
    public string LocalTag { get; }

    /// <summary>The peer's tag, or null before it is known.</summary>
    public string? RemoteTag => Dialog?.RemoteTag ?? (IsOutgoing ? null : Invite.FromTag);

    /// <summary>
    /// The handler. Set before <see cref="UserAgent.Invite"/> returns (argument) or inside <see cref="UserAgent.OnInvite"/>; may be replaced
    /// later. An exception from it ends nothing; it is reported to the observer.
    /// </summary>
    public Action<InviteSession, SessionEvent>? OnEvent { get; set; }

    /// <summary>Anything the application wants to keep with the session.</summary>
    public object? AppState { get; set; }
}
