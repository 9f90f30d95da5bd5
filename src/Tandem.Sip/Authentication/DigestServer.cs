using Tandem.Sip.Messages;

namespace Tandem.Sip.Authentication;

/// <summary>
/// Challenges and verifies (RFC 3261 §22, RFC 8760). Nonces are self-proving (time and MAC under a key made at start), so unanswered
/// challenges cost no memory; nonce counts are remembered only for nonces that were used rightly.
/// </summary>
public sealed partial class DigestServer(string realm, TimeProvider time)
{
    /// <summary>The realm.</summary>
    public string Realm { get; } = realm;

    /// <summary>How long a nonce lives. Default 5 minutes.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time = time;

    /// <summary>A 401 (or 407 for <paramref name="proxy"/>) with SHA-256 first and MD5 second, a fresh nonce, qop="auth".</summary>
    public SipResponse Challenge(SipRequest request, bool stale = false, bool proxy = false) => throw new NotImplementedException();

    /// <summary>
    /// Judges the request's credentials. <paramref name="find"/> gives the stored HA1 of a user name or null; for null the same work is
    /// done, so that timing does not tell users apart.
    /// </summary>
    /// <param name="userName">The user it claims to be, also when wrong; null when missing.</param>
    public DigestVerdict Verify(SipRequest request, Func<string, Ha1?> find, out string? userName, bool proxy = false) => throw new NotImplementedException();
}
