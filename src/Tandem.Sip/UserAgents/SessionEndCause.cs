namespace Tandem.Sip.UserAgents;

/// <summary>Why an answered session ended, and whose doing it was.</summary>
public enum SessionEndCause
{
    /// <summary>The peer sent BYE.</summary>
    RemoteBye,

    /// <summary><see cref="InviteSession.Bye"/> was called.</summary>
    LocalBye,

    /// <summary>Our 2xx was never acknowledged (64·T1); BYE was sent.</summary>
    NoAck,

    /// <summary>The session timer ran out (RFC 4028); BYE was sent.</summary>
    SessionExpired,

    /// <summary>A request inside the dialog got 481 or 408: the peer no longer knows the session (RFC 5057).</summary>
    DialogLost,
}
