namespace Tandem.Sip.UserAgents;

/// <summary>Life of an INVITE session; it only advances.</summary>
public enum InviteSessionState
{
    /// <summary>INVITE sent or received, no final response yet.</summary>
    Inviting,

    /// <summary>2xx sent or received, ACK not yet.</summary>
    Answered,

    /// <summary>ACK sent or received: the session stands.</summary>
    Confirmed,

    /// <summary>Over: failed, cancelled, BYE sent or received, or timed out.</summary>
    Ended,
}
