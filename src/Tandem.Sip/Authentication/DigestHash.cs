using System.Security.Cryptography;
using System.Text;

namespace Tandem.Sip.Authentication;

/// <summary>H() and the request digest of RFC 7616 §3.4.</summary>
internal static class DigestHash
{
    public static string Hex(DigestAlgorithm algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // MD5 is what RFC 3261 phones speak; the server's options decide what is offered.
        return Convert.ToHexStringLower(algorithm == DigestAlgorithm.Md5 ? MD5.HashData(bytes) : SHA256.HashData(bytes));
#pragma warning restore CA5351
    }

    /// <summary>response = KD(HA1, nonce [":" nc ":" cnonce ":" qop] ":" HA2); HA2 covers the body for auth-int.</summary>
    public static string Response(DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce, string? qop, string nc, string cnonce, ReadOnlySpan<byte> body)
    {
        var a2 = $"{method}:{uri}";
        if (qop == "auth-int") a2 += ":" + Hex(algorithm, Encoding.UTF8.GetString(body));
        var ha2 = Hex(algorithm, a2);
        return qop is null ? Hex(algorithm, $"{ha1}:{nonce}:{ha2}") : Hex(algorithm, $"{ha1}:{nonce}:{nc}:{cnonce}:{qop}:{ha2}");
    }
}
