using System.Security.Cryptography;
using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Authentication;

/// <summary>Answers challenges (RFC 3261 §22.2): the strongest algorithm we know, whatever order they came in.</summary>
public static class DigestClient
{
    /// <summary>
    /// Adds Authorization or Proxy-Authorization for the challenge in <paramref name="response"/> (401 or 407) to a request that will be
    /// sent anew (with a higher CSeq).
    /// </summary>
    /// <returns>False when no challenge can be answered.</returns>
    public static bool TryAuthorize(SipRequest request, SipResponse response, DigestCredentials credentials)
    {
        var proxy = response.StatusCode == 407;
        if (FindChallenge(response) is not { } challenge) return false;
        var cnonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var value = Authorize(request.Method, request.RequestUri.ToString(), challenge, credentials, cnonce, 1);
        request.Headers[proxy ? HeaderNames.ProxyAuthorization : HeaderNames.Authorization] = value;
        return true;
    }

    /// <summary>The strongest Digest challenge of a 401 or 407, or null.</summary>
    public static DigestChallenge? FindChallenge(SipResponse response)
    {
        var name = response.StatusCode == 407 ? HeaderNames.ProxyAuthenticate : HeaderNames.WwwAuthenticate;
        return response.Headers.Values(name)
            .Select(v => DigestChallenge.TryParse(v, out var c) ? c : null)
            .OfType<DigestChallenge>()
            .OrderByDescending(c => c.Algorithm)
            .FirstOrDefault();
    }

    /// <summary>The header value that answers a challenge (RFC 7616 §3.4).</summary>
    /// <param name="nonceCount">1 for the first use of the nonce.</param>
    public static string Authorize(string method, string uri, DigestChallenge challenge, DigestCredentials credentials, string cnonce, uint nonceCount)
    {
        var nc = nonceCount.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        var qop = challenge.OffersAuth ? "auth" : null;
        var ha1 = DigestHash.Hex(challenge.Algorithm, $"{credentials.UserName}:{challenge.Realm}:{credentials.Password}");
        var digest = DigestHash.Response(challenge.Algorithm, ha1, method, uri, challenge.Nonce, qop, nc, cnonce, default);
        var text = new StringBuilder("Digest username=");
        QuotedText.Append(text, credentials.UserName).Append(", realm=");
        QuotedText.Append(text, challenge.Realm).Append(", nonce=");
        QuotedText.Append(text, challenge.Nonce).Append(", uri=");
        QuotedText.Append(text, uri).Append(", response=\"").Append(digest).Append("\", algorithm=").Append(DigestFields.Name(challenge.Algorithm));
        if (challenge.Opaque is not null) QuotedText.Append(text.Append(", opaque="), challenge.Opaque);
        if (qop is not null) text.Append(", qop=auth, nc=").Append(nc).Append(", cnonce=\"").Append(cnonce).Append('"');
        return text.ToString();
    }
}
