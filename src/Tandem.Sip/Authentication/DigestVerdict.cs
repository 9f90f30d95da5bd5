namespace Tandem.Sip.Authentication;

/// <summary>What <see cref="DigestServer.Verify"/> found.</summary>
public enum DigestVerdict
{
    /// <summary>User and password are right and the nonce is fresh.</summary>
    Accepted,

    /// <summary>No Authorization for our realm: challenge.</summary>
    Missing,

    /// <summary>The nonce is old, foreign or its count was used: challenge with stale=true; not a wrong password.</summary>
    Stale,

    /// <summary>Unknown user or wrong password (not told apart): challenge again, count towards a lock.</summary>
    Wrong,

    /// <summary>The header is unreadable or its uri belongs to another request: 400.</summary>
    Malformed,
}
