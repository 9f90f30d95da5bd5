using System.Diagnostics.CodeAnalysis;

namespace Tandem.Sip.Authentication;

/// <summary>One WWW-Authenticate or Proxy-Authenticate value with scheme Digest (RFC 7616 §3.3, RFC 8760).</summary>
public sealed record DigestChallenge(string Realm, string Nonce, DigestAlgorithm Algorithm)
{
    public string? Opaque { get; init; }

    /// <summary>Whether qop=auth is offered; without it the old computation of RFC 2069 is used.</summary>
    public bool OffersAuth { get; init; }

    /// <summary>True when only the nonce was too old, not the password wrong.</summary>
    public bool Stale { get; init; }

    /// <summary>Reads a value; false for another scheme, an unknown algorithm or one without realm or nonce.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out DigestChallenge? challenge)
    {
        challenge = null;
        if (!DigestFields.TryParse(value, out var fields)) return false;
        if (fields.GetValueOrDefault("realm") is not { } realm || fields.GetValueOrDefault("nonce") is not { } nonce) return false;
        if (!DigestFields.TryAlgorithm(fields.GetValueOrDefault("algorithm"), out var algorithm)) return false;
        var qop = fields.GetValueOrDefault("qop");
        challenge = new DigestChallenge(realm, nonce, algorithm)
        {
            Opaque = fields.GetValueOrDefault("opaque"),
            OffersAuth = qop is not null && qop.Split(',').Any(q => q.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase)),
            Stale = "true".Equals(fields.GetValueOrDefault("stale"), StringComparison.OrdinalIgnoreCase),
        };
        return true;
    }
}
