using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Authentication;

/// <summary>
/// Challenges and verifies (RFC 3261 §22, RFC 8760). Nonces prove themselves (time and MAC under a key made at start), so unanswered
/// challenges cost no memory; counts are remembered only for nonces that were used rightly. Thread-safe.
/// </summary>
public sealed class DigestServer(string realm, TimeProvider time)
{
    private static readonly Ha1 Nobody = Ha1.Of("", "", "");

    private readonly NonceBook _nonces = new(time);

    /// <summary>The realm.</summary>
    public string Realm { get; } = realm;

    /// <summary>How long a nonce lives. Default 5 minutes.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is offered, the preferred first (RFC 8760 §2.4). Default SHA-256, then MD5.</summary>
    public IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>A 401 (or 407 for <paramref name="proxy"/>) with one challenge per algorithm, a fresh nonce, qop="auth".</summary>
    public SipResponse Challenge(SipRequest request, bool stale = false, bool proxy = false)
    {
        var response = SipResponse.Create(request, proxy ? 407 : 401, null, SipEndpoint.NewTag());
        var name = proxy ? HeaderNames.ProxyAuthenticate : HeaderNames.WwwAuthenticate;
        var nonce = _nonces.Make();
        foreach (var algorithm in Algorithms)
        {
            response.Headers.Add(name, $"Digest realm={QuotedText.Quote(Realm)}, nonce=\"{nonce}\", algorithm={DigestFields.Name(algorithm)}, qop=\"auth\""
                + (stale ? ", stale=true" : ""));
        }
        return response;
    }

    /// <summary>
    /// Judges the request's credentials. <paramref name="find"/> gives the stored HA1 of a user name or null; for null the same work is
    /// done, so that timing does not tell users apart. The digest's uri need not equal the Request-URI, which proxies rewrite (§22.4).
    /// </summary>
    /// <param name="userName">The user it claims to be, also when wrong; null when missing.</param>
    public DigestVerdict Verify(SipRequest request, Func<string, Ha1?> find, out string? userName, bool proxy = false)
    {
        userName = null;
        var name = proxy ? HeaderNames.ProxyAuthorization : HeaderNames.Authorization;
        foreach (var value in request.Headers.Values(name))
        {
            if (!DigestFields.TryParse(value, out var fields))
            {
                if (value.StartsWith("Digest", StringComparison.OrdinalIgnoreCase)) return DigestVerdict.Malformed;
                continue;
            }
            if (fields.GetValueOrDefault("realm") != Realm) continue;
            return Verify(request, fields, find, out userName);
        }
        return DigestVerdict.Missing;
    }

    private DigestVerdict Verify(SipRequest request, Dictionary<string, string> fields, Func<string, Ha1?> find, out string? userName)
    {
        userName = fields.GetValueOrDefault("username");
        if (userName is null || !DigestFields.TryAlgorithm(fields.GetValueOrDefault("algorithm"), out var algorithm)
            || fields.GetValueOrDefault("nonce") is not { } nonce || fields.GetValueOrDefault("uri") is not { } uri
            || fields.GetValueOrDefault("response") is not { } given || fields.GetValueOrDefault("cnonce") is not { } cnonce
            || fields.GetValueOrDefault("nc") is not { Length: 8 } nc || fields.GetValueOrDefault("qop") is not ("auth" or "auth-int")
            || !uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count))
        {
            return DigestVerdict.Malformed;
        }
        if (!_nonces.IsOurs(nonce, NonceLifetime)) return DigestVerdict.Stale;
        var stored = find(userName);
        var right = DigestHash.Response(algorithm, (stored ?? Nobody).For(algorithm), request.Method, uri, nonce, fields["qop"], nc, cnonce, request.Body.Span);
        var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(right), Encoding.UTF8.GetBytes(given.ToLowerInvariant()));
        if (!same || stored is null) return DigestVerdict.Wrong;
        // Counted only now: a stranger must not use up somebody's nonce.
        return _nonces.TryCount(nonce, count, NonceLifetime) ? DigestVerdict.Accepted : DigestVerdict.Stale;
    }
}
